package org.bayling.evaluation.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.bayling.data.DataException;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;

/** The folder of a finished evaluation; its files stand in the package's description. */
public final class EvaluationFolder {
    /** The scores. */
    public static final String RESULTS = "results.json";
    /** The items. */
    public static final String ITEMS = "items.jsonl";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EvaluationFolder() {}

    /** Whether there is a finished evaluation in a folder. */
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(RESULTS));
    }

    /**
     * Writes an evaluation into a folder, replacing an older one; other files in it stay. While this is under way there
     * is no {@code results.json}.
     *
     * @param items streamed, in the order of the file
     */
    public static void write(Path folder, EvaluationResults results, Iterator<? extends ResultItem> items)
            throws IOException {
        Files.deleteIfExists(folder.resolve(RESULTS));
        try (AtomicFile file = AtomicFile.open(folder.resolve(ITEMS), FaultPoint.NONE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file.content()), 1 << 16);
            while (items.hasNext()) {
                out.write(ResultsJson.of(items.next()).toString().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
            out.flush();
            file.publish();
        }
        String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(ResultsJson.of(results));
        AtomicFile.write(folder.resolve(RESULTS), text + "\n", FaultPoint.NONE);
    }

    /**
     * The scores in a folder.
     *
     * @throws DataException when there is no finished evaluation, or its file is damaged or of another kind
     */
    public static EvaluationResults read(Path folder) throws IOException {
        Path file = folder.resolve(RESULTS);
        if (!Files.isRegularFile(file)) {
            throw new DataException(folder + ": holds no " + RESULTS
                    + ", so no finished evaluation; name a folder that 'bayling-train eval' wrote");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException damaged) {
            int line = damaged.getLocation() == null ? 1 : damaged.getLocation().getLineNr();
            throw new DataException(
                    file + ":" + line + ": is no JSON (" + damaged.getOriginalMessage() + "); evaluate again", damaged);
        }
        try {
            return ResultsJson.results(root);
        } catch (IllegalArgumentException wrong) {
            throw new DataException(file + ": " + wrong.getMessage(), wrong);
        }
    }
}
