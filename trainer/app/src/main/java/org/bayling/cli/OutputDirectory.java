package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.data.DataException;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileTree;
import org.bayling.tokenizer.Tokenizer;
import picocli.CommandLine.Option;

/** Where a command writes a model or a tokenizer: {@code --output} and {@code --force}. */
final class OutputDirectory {
    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The directory to write.")
    private Path output;

    @Option(names = "--force", description = "Replace a model or tokenizer directory that is there already.")
    private boolean force;

    /** Writes the content of the directory; what it throws leaves nothing behind. */
    interface Content {
        void write(AtomicDirectory directory) throws IOException;
    }

    Path path() {
        return output;
    }

    /** Refuses a taken name before any work is done. */
    void check() throws IOException {
        if (!Files.exists(output)) {
            return;
        }
        if (!force) {
            throw new DataException(output + ": is there already; choose another name, or replace it with --force");
        }
        if (!Files.isRegularFile(output.resolve(HfModelDir.CONFIG))
                && !Files.isRegularFile(output.resolve(Tokenizer.TOKENIZER_JSON))) {
            throw new DataException(output + ": is no model directory (it has no " + HfModelDir.CONFIG + "), so --force does "
                    + "not replace it; remove it yourself or choose another name");
        }
    }

    /** Publishes the directory whole; one that it replaces is there until then and comes back when writing fails. */
    void publish(Content content) throws IOException {
        check();
        if (!Files.exists(output)) {
            write(content);
            return;
        }
        Path target = output.toAbsolutePath().normalize();
        Path aside = target.resolveSibling("." + target.getFileName() + ".replaced-" + UUID.randomUUID());
        Files.move(target, aside);
        try {
            write(content);
        } catch (IOException | RuntimeException | Error problem) {
            Files.move(aside, target);
            throw problem;
        }
        FileTree.delete(aside);
    }

    private void write(Content content) throws IOException {
        try (AtomicDirectory directory = AtomicDirectory.create(output, FaultPoint.NONE)) {
            content.write(directory);
            directory.publish();
        }
    }
}
