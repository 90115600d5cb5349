package org.bayling.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import org.bayling.data.DataException;

/**
 * Answers on disk, a JSON object a line, appended as they end in any order: {@code index} of the prompt in its file from
 * 0, {@code run}, and what {@code generate --json} prints. A run that was interrupted goes on where it stopped.
 *
 * <p>{@code run} stands for the model and the settings: those of another run are refused.
 */
final class AnswersFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final String run;
    private final FileChannel channel;
    private final BitSet answered = new BitSet();

    private AnswersFile(Path path, String run, FileChannel channel) {
        this.path = path;
        this.run = run;
        this.channel = channel;
    }

    /**
     * Opens or creates a file. Lines of a prompt that was not written in full are removed.
     *
     * @param answers lines of each prompt
     * @throws DataException when it holds something else, or answers to other prompts or of another run
     */
    static AnswersFile open(Path path, String run, List<AskedPrompt> prompts, int answers) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        AnswersFile file = new AnswersFile(path, run, channel);
        try {
            file.read(prompts, answers);
            return file;
        } catch (IOException | RuntimeException problem) {
            channel.close();
            throw problem;
        }
    }

    boolean answered(int index) {
        return answered.get(index);
    }

    int size() {
        return answered.cardinality();
    }

    /** Writes all answers to a prompt in one piece. */
    void append(int index, List<ObjectNode> answers) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode answer : answers) {
            ObjectNode line = JSON.createObjectNode().put("index", index).put("run", run);
            line.setAll(answer);
            lines.append(line).append('\n');
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        answered.set(index);
    }

    private void read(List<AskedPrompt> prompts, int answers) throws IOException {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1); // lines are split before they are decoded
        long whole = 0; // up to here every prompt has all its answers
        int last = -1;
        int count = 0;
        int number = 0;
        for (int from = 0, end = text.indexOf('\n'); end >= 0; from = end + 1, end = text.indexOf('\n', from)) {
            number++;
            int index = index(text.substring(from, end), path + ":" + number, prompts);
            count = index == last ? count + 1 : 1;
            last = index;
            if (count == answers) {
                answered.set(index);
                whole = end + 1L;
            }
        }
        channel.truncate(whole).position(whole);
    }

    private int index(String line, String where, List<AskedPrompt> prompts) throws DataException {
        JsonNode node;
        try {
            node = JSON.readTree(line.getBytes(StandardCharsets.ISO_8859_1));
        } catch (JsonProcessingException problem) {
            node = JSON.createObjectNode();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        int index = node.path("index").asInt(-1);
        if (index < 0 || index >= prompts.size() || !node.path("prompt").asText().equals(prompts.get(index).text())) {
            throw new DataException(where + ": is no answer to one of these prompts; name another file with --output");
        }
        if (!node.path("run").asText().equals(run)) {
            throw new DataException(where + ": was made with another model or with other settings; name another file with"
                    + " --output");
        }
        return index;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
