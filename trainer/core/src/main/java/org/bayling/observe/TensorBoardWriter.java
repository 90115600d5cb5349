package org.bayling.observe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;

/**
 * Scalars for TensorBoard, with the tags that Hugging Face writes; this package's description specifies the bytes. A
 * group that is called {@code language/de} is at {@code train/loss_by/language/de}.
 */
public final class TensorBoardWriter implements RunObserver {

    private final FileChannel channel;
    private final StepWindow window;
    private final InstantSource clock;
    private long totalSteps;

    private TensorBoardWriter(FileChannel channel, StepWindow window, InstantSource clock) {
        this.channel = channel;
        this.window = window;
        this.clock = clock;
    }

    /**
     * Begins a new event file in a folder, beside those of earlier parts of the run.
     *
     * @param loggingSteps steps between two points
     */
    public static TensorBoardWriter create(Path directory, int loggingSteps) throws IOException {
        return create(directory, loggingSteps, InstantSource.system(), host());
    }

    static TensorBoardWriter create(Path directory, int loggingSteps, InstantSource clock, String host)
            throws IOException {
        Files.createDirectories(directory);
        TensorBoardWriter writer =
                new TensorBoardWriter(newFile(directory, clock.instant(), host), new StepWindow(loggingSteps), clock);
        writer.write(TensorBoardRecords.fileVersion(writer.wallTime()));
        return writer;
    }

    private static FileChannel newFile(Path directory, Instant now, String host) throws IOException {
        long process = ProcessHandle.current().pid();
        for (int number = 0; ; number++) {
            String name = "events.out.tfevents." + now.getEpochSecond() + "." + host + "." + process + "." + number;
            try {
                return FileChannel.open(
                        directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException taken) {
                // the next number is free
            }
        }
    }

    /** The system's own file first: a look-up over the network can hang. */
    private static String host() throws IOException {
        Path file = Path.of("/proc/sys/kernel/hostname");
        String name = Files.isReadable(file)
                ? Files.readString(file)
                : InetAddress.getLocalHost().getHostName();
        return name.strip().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    @Override
    public void on(RunEvent event) throws IOException {
        if (event instanceof Started started) {
            totalSteps = started.totalSteps();
            write(TensorBoardRecords.sessionStart(wallTime(), started.firstStep()));
        } else if (event instanceof Stepped step) {
            Optional<Stepped> logged = window.add(step, totalSteps);
            if (logged.isPresent()) {
                stepped(logged.get());
            }
        } else if (event instanceof Evaluated eval) {
            evaluated(eval);
        }
    }

    private void stepped(Stepped step) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train/loss", step.loss());
        values.put("train/grad_norm", step.gradNorm());
        values.put("train/learning_rate", step.learningRate());
        values.put("train/epoch", step.epoch());
        values.put("train/num_input_tokens_seen", (double) step.totalTokens());
        double seconds = Figures.seconds(step.duration());
        if (seconds > 0) {
            values.put("train/tokens_per_second", step.tokens() / seconds);
        }
        groups(values, "train/loss_by/", step.groups());
        write(TensorBoardRecords.scalars(wallTime(), step.step(), values));
    }

    private void evaluated(Evaluated eval) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        double runtime = Figures.seconds(eval.duration());
        values.put("eval/loss", eval.loss());
        values.put("eval/runtime", runtime);
        if (runtime > 0) {
            values.put("eval/samples_per_second", eval.samples() / runtime);
        }
        groups(values, "eval/loss_by/", eval.groups());
        write(TensorBoardRecords.scalars(wallTime(), eval.step(), values));
    }

    private static void groups(Map<String, Double> values, String prefix, Map<String, GroupLoss> groups) {
        groups.forEach((name, loss) -> values.put(prefix + name, loss.loss()));
    }

    private void write(byte[] message) throws IOException {
        ByteBuffer record = TensorBoardRecords.framed(message);
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    private double wallTime() {
        return clock.millis() / 1e3;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
