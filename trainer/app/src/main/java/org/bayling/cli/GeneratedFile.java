package org.bayling.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.GenerationRequest;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopRule;
import org.bayling.io.Checksum;
import org.bayling.observe.TaskProgress;

/**
 * Answers of {@code generate --output}: a file of results of the kind {@code bayling-generated}. An item is {@code
 * {"item":K,"index":I,"prompt":P,"answers":[{"text":T,"ids":[...],"stop_reason":R},...]}}, appended the moment the
 * prompt with index I (from 0) is answered; K is a digest of index, prompt, words and settings.
 */
final class GeneratedFile implements AutoCloseable {
    private static final ResultsFile.Kind KIND =
            new ResultsFile.Kind("bayling-generated", item -> item.path("answers").isArray());

    private final ResultsFile file;
    private final GenerationSettings settings;
    private final StopRule stop;
    private int known;

    private GeneratedFile(ResultsFile file, GenerationSettings settings, StopRule stop) {
        this.file = file;
        this.settings = settings;
        this.stop = stop;
    }

    /** Opens or creates a file for a model's answers. */
    static GeneratedFile open(Path path, TalkingModel model, GenerationSettings settings) throws IOException {
        return new GeneratedFile(
                ResultsFile.open(path, KIND, model.fingerprint(), model.name()), settings, model.stop());
    }

    /** How many prompts had been answered before. */
    int known() {
        return known;
    }

    /** Answers all prompts whose answers are not in the file yet. */
    void answer(
            List<AskedPrompt> asked,
            List<GenerationRequest> requests,
            BatchGenerator generator,
            TaskProgress progress)
            throws IOException {
        List<Integer> open = new ArrayList<>();
        List<GenerationRequest> left = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (file.of(key(i, requests.get(i))).isEmpty()) {
                open.add(i);
                left.add(requests.get(i).withStream(i));
            }
        }
        known = requests.size() - left.size();
        try {
            generator.run(left, settings, stop, (index, results) -> {
                int i = open.get(index);
                append(i, requests.get(i), asked.get(i).text(), results);
            }, progress);
        } catch (UncheckedIOException problem) {
            throw problem.getCause();
        }
    }

    /** An answer as people read it. */
    static ObjectNode json(GenerationResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("text", result.text());
        ArrayNode ids = json.putArray("ids");
        for (int id : result.ids()) {
            ids.add(id);
        }
        return json.put("stop_reason", result.stopReason().name().toLowerCase(Locale.ROOT));
    }

    private void append(int index, GenerationRequest request, String prompt, List<GenerationResult> results) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("index", index).put("prompt", prompt);
        ArrayNode answers = item.putArray("answers");
        results.forEach(result -> answers.add(json(result)));
        LinkedHashMap<String, ObjectNode> line = new LinkedHashMap<>();
        line.put(key(index, request), item);
        try {
            file.append(line);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private String key(int index, GenerationRequest request) {
        String all = index + " " + Arrays.toString(request.prompt())
                + request.forceWordsIds().stream().map(Arrays::toString).toList() + settings
                + new TreeSet<>(stop.tokens());
        Checksum checksum = new Checksum();
        checksum.update(StandardCharsets.UTF_8.encode(all));
        return checksum.finish().sha256();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
