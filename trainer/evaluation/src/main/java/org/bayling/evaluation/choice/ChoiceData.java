package org.bayling.evaluation.choice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;
import org.bayling.evaluation.choice.ChoiceTask.Question;

/**
 * Reads the questions of a task. Any row that is not as it must be ends the reading: a score over part of the questions
 * would pass for one over all.
 *
 * @param task how rows are read
 * @param limit questions of each language, from the first
 * @param shots answered questions in front of each
 */
public record ChoiceData(ChoiceTask task, int limit, int shots) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A question and where it stands. */
    private record Placed(String place, Question question) {}

    /**
     * All questions, language by language.
     *
     * @param paths files and folders of questions
     * @param examples files and folders that answered questions are taken from, the first ones of each language; empty
     *     takes them from the questions themselves, never one in front of itself
     * @param languages wanted, in this order; empty takes all there are
     * @throws DataException naming file and line
     */
    public List<ChoiceItem> read(List<Path> paths, List<Path> examples, List<String> languages) throws IOException {
        Map<String, List<Path>> files = ChoiceFiles.byLanguage(task, paths, languages);
        Map<String, List<Path>> shown = shots == 0 || examples.isEmpty()
                ? Map.of()
                : ChoiceFiles.byLanguage(task, examples, List.copyOf(files.keySet()));
        List<ChoiceItem> items = new ArrayList<>();
        for (Map.Entry<String, List<Path>> entry : files.entrySet()) {
            String language = entry.getKey();
            List<Placed> questions = questions(entry.getValue(), language);
            List<Placed> pool =
                    examples.isEmpty() ? questions : questions(shown.getOrDefault(language, List.of()), language);
            for (Placed asked : questions.subList(0, Math.min(limit, questions.size()))) {
                Question question = asked.question();
                items.add(new ChoiceItem(
                                asked.place(), language, question.subject(), question.options(), question.gold())
                        .withPreamble(question.description() + answered(asked, pool)));
            }
        }
        return List.copyOf(items);
    }

    /** The first questions of the pool, of the same subject and not the asked one. */
    private String answered(Placed asked, List<Placed> pool) throws DataException {
        if (shots == 0) {
            return "";
        }
        List<Question> first = pool.stream()
                .map(Placed::question)
                .filter(other -> other.subject().equals(asked.question().subject()))
                .filter(other -> !other.equals(asked.question()))
                .limit(shots)
                .toList();
        if (first.size() < shots) {
            throw new DataException(asked.place() + ": only " + first.size() + " of " + shots
                    + " examples are there for this question; give fewer, or more data for them");
        }
        StringBuilder text = new StringBuilder();
        first.forEach(question -> text.append(question.answered()));
        return text.toString();
    }

    private List<Placed> questions(List<Path> files, String language) throws IOException {
        List<Placed> questions = new ArrayList<>();
        for (Path file : files) {
            int before = questions.size();
            byte[] bytes = bytes(file);
            int number = 1;
            for (int start = 0; start < bytes.length; number++) {
                int end = start;
                while (end < bytes.length && bytes[end] != '\n') {
                    end++;
                }
                String place = file + ":" + number;
                String line = text(place, ByteBuffer.wrap(bytes, start, end - start));
                if (!line.isBlank()) {
                    ChoiceFields fields = new ChoiceFields(place, row(place, line));
                    questions.add(new Placed(place, task.layout().read(fields, language)));
                }
                start = end + 1;
            }
            if (questions.size() == before) {
                throw new DataException(file + ": is empty; expected a JSON object a line, a question each");
            }
        }
        return questions;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (StoredFile stored = StoredFile.open(file)) {
            return stored.bytes().readAllBytes();
        } catch (ZipException | EOFException | com.github.luben.zstd.ZstdIOException damaged) {
            String message = file + ": the compressed data are damaged or cut off: " + damaged.getMessage();
            throw new DataException(message, damaged);
        }
    }

    private static String text(String place, ByteBuffer line) throws DataException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException malformed) {
            throw new DataException(place + ": the line holds bytes that are not UTF-8", malformed);
        }
    }

    private static JsonNode row(String place, String line) throws DataException {
        JsonNode row;
        try {
            row = MAPPER.readTree(line);
        } catch (JsonProcessingException malformed) {
            throw new DataException(place + ": is not valid JSON: " + malformed.getOriginalMessage(), malformed);
        }
        if (!row.isObject()) {
            throw new DataException(place + ": a JSON object is needed, a question a line");
        }
        return row;
    }
}
