package org.bayling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bayling.observe.Figures;
import org.bayling.observe.TextTable;
import org.bayling.train.RunDirectory;

/** What {@code inspect} tells of runs and checkpoints: every checksum is verified. */
final class RunInspection {
    private final PrintWriter out;

    RunInspection(PrintWriter out) {
        this.out = out;
    }

    /** True for a folder with a log or checkpoints. */
    static boolean isRun(Path place) throws IOException {
        return Files.isRegularFile(place.resolve(RunDirectory.LOG))
                || !new RunDirectory(place).checkpoints().isEmpty();
    }

    /** True for a folder that a run published. */
    static boolean isCheckpoint(Path place) {
        return Files.isRegularFile(place.resolve(RunDirectory.MANIFEST));
    }

    /**
     * Lists a run's checkpoints.
     *
     * @return false when one of them is damaged
     */
    boolean run(Path place) throws IOException {
        RunDirectory run = new RunDirectory(place);
        Optional<Path> best = run.best();
        TextTable table = TextTable.of("checkpoint", ">files", ">size", "state");
        boolean sound = true;
        for (Path checkpoint : run.checkpoints()) {
            String mark = best.equals(Optional.of(checkpoint)) ? ", the best" : "";
            try {
                JsonNode files = RunDirectory.verify(checkpoint).path("files");
                table.row(checkpoint.getFileName(), files.size(), size(files), "sound" + mark);
            } catch (IOException damage) {
                sound = false;
                table.row(checkpoint.getFileName(), "", "", damage.getMessage() + mark);
            }
        }
        out.println("run " + place);
        out.print(table);
        out.println("result: " + RunDirectory.result(place));
        return sound;
    }

    /**
     * Lists a checkpoint's files.
     *
     * @throws IOException when one of them is not as its manifest says
     */
    void checkpoint(Path place) throws IOException {
        ObjectNode manifest = RunDirectory.verify(place);
        TextTable table = TextTable.of("file", ">bytes", "sha256");
        for (Map.Entry<String, JsonNode> file : manifest.path("files").properties()) {
            table.row(
                    file.getKey(),
                    Figures.count(file.getValue().path("bytes").asLong()),
                    file.getValue().path("sha256").asText());
        }
        out.println("checkpoint " + place + ", step " + manifest.path("step").asLong() + ", every file as its manifest says");
        out.println(table);
    }

    private static String size(JsonNode files) {
        long bytes = 0;
        for (JsonNode file : files) {
            bytes += file.path("bytes").asLong();
        }
        return Figures.bytes(bytes);
    }
}
