package org.bayling.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.bayling.config.LoadedConfig;
import org.bayling.io.FaultPoint;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.RunEvent;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.RunObserver;
import org.bayling.observe.RunObservers;
import org.bayling.observe.Terminal;
import org.bayling.train.TrainingRun;

/** One run of this process, from its configuration to its end, shown on the console and stopped by signals. */
final class RunExecution {
    private final Terminal terminal;
    private final LongSupplier availableMemory;
    private final ConsoleTaskProgress progress;

    /** @param availableMemory bytes that the machine can give */
    RunExecution(Terminal terminal, LongSupplier availableMemory) {
        this.terminal = terminal;
        this.availableMemory = availableMemory;
        this.progress = new ConsoleTaskProgress(terminal, InstantSource.system());
    }

    /** Memory as this machine has it. */
    static RunExecution here(Terminal terminal) {
        return new RunExecution(terminal, () -> {
            Machine machine = Machine.here();
            return machine.memoryAvailable().orElse(machine.memoryTotal());
        });
    }

    /** Trains to the end, a stop or divergence; {@code output_dir} then holds the result. */
    Outcome train(LoadedConfig loaded) throws IOException {
        return train(loaded, Long.MAX_VALUE);
    }

    /**
     * As {@link #train(LoadedConfig)}, stopped as by a signal.
     *
     * @param lastStep the run stops, and saves, after this step
     */
    Outcome train(LoadedConfig loaded, long lastStep) throws IOException {
        loaded.notices().forEach(terminal::println);
        try (StopSignals signals = new StopSignals(terminal::println);
                TrainingRun run = open(loaded)) {
            DataTables.report(run.data().report()).lines().forEach(terminal::println);
            DataTables.badRows(run.data().report()).forEach(terminal::println);
            run.data().plan().table().lines().forEach(terminal::println);
            run.requireRoom();
            try (RunObservers outputs = RunOutputs.open(run, loaded.config(), terminal)) {
                return watched(run, outputs, lastStep, signals);
            } finally {
                progress.close();
            }
        }
    }

    /** Prepares a run, the reading of its data shown. Close the result. */
    TrainingRun open(LoadedConfig loaded) throws IOException {
        try {
            return TrainingRun.open(
                    loaded,
                    terminal::println,
                    (dataset, rows, bytes, totalBytes) -> progress.on("reading " + dataset, bytes, totalBytes, "bytes"),
                    availableMemory,
                    FaultPoint.NONE);
        } finally {
            progress.close();
        }
    }

    /** A run that fails leaves the reason in its log and report too. */
    private static Outcome watched(TrainingRun run, RunObservers outputs, long lastStep, StopSignals signals)
            throws IOException {
        long started = System.nanoTime();
        AtomicLong done = new AtomicLong(run.firstStep());
        RunObserver counting = event -> {
            if (event instanceof RunEvent.Stepped stepped) {
                done.set(stepped.step());
            }
            outputs.on(event);
        };
        try {
            // Asked before a step, which is then the last.
            return run.run(counting, () -> signals.requested() || done.get() >= lastStep - 1);
        } catch (IOException | RuntimeException | Error problem) {
            try {
                outputs.on(new RunEvent.Finished(
                        done.get(),
                        Outcome.FAILED,
                        Failure.of(problem).message(),
                        Duration.ofNanos(System.nanoTime() - started)));
            } catch (IOException | RuntimeException second) {
                problem.addSuppressed(second);
            }
            throw problem;
        }
    }

    /** What the process exits with. */
    static int exitCode(Outcome outcome) {
        return switch (outcome) {
            case DONE -> ExitCodes.DONE;
            case STOPPED -> ExitCodes.STOPPED;
            case DIVERGED -> ExitCodes.DIVERGED;
            case FAILED -> ExitCodes.FAILED;
        };
    }
}
