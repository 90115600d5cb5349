package org.bayling.evaluation.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.FinishedListener;
import org.bayling.generate.GenerationRequest;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopRule;
import org.bayling.io.Checksum;
import org.bayling.numeric.Rng;
import org.bayling.observe.TaskProgress;

/**
 * Answers that are generated once and kept in a file the moment each ends, so that an evaluation that was interrupted
 * goes on where it stopped.
 */
public final class KeptAnswers {
    private static final String TEXT = "text";
    private static final int KEY_DIGITS = 32;

    /** How they lie in a file of results; the fields stand in the package's description. */
    public static final ResultsFile.Kind KIND = new ResultsFile.Kind(
            "bayling-answers", item -> item.path(TEXT).isTextual());

    private final Writer writer;
    private final StopRule stop;
    private final ResultsFile results;

    /** What writes answers that are not known. */
    interface Writer {
        void answer(
                List<GenerationRequest> requests,
                GenerationSettings settings,
                FinishedListener listener,
                TaskProgress progress);
    }

    /**
     * Answers by a generator.
     *
     * @param results what is known already; gets what is not; stays the caller's
     */
    public KeptAnswers(BatchGenerator generator, StopRule stop, ResultsFile results) {
        this(
                (requests, settings, listener, progress) -> generator.run(requests, settings, stop, listener, progress),
                stop,
                results);
    }

    KeptAnswers(Writer writer, StopRule stop, ResultsFile results) {
        this.writer = writer;
        this.stop = stop;
        this.results = results;
    }

    /**
     * A prompt as ids.
     *
     * @param place where it comes from, for people
     */
    record Prompt(String place, int[] ids) {}

    /**
     * The texts that follow prompts, in order; equal prompts get the same one.
     *
     * @param progress is told of the tokens written
     */
    List<String> of(List<Prompt> prompts, GenerationSettings settings, TaskProgress progress) throws IOException {
        List<String> keys = prompts.stream().map(prompt -> key(prompt.ids(), settings)).toList();
        Map<String, Prompt> missing = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (results.of(keys.get(i)).isEmpty()) {
                missing.putIfAbsent(keys.get(i), prompts.get(i));
            }
        }
        if (!missing.isEmpty()) {
            generate(missing, settings, progress);
        }
        List<String> texts = new ArrayList<>();
        for (String key : keys) {
            texts.add(results.of(key).orElseThrow().get(TEXT).textValue());
        }
        return texts;
    }

    private void generate(Map<String, Prompt> missing, GenerationSettings settings, TaskProgress progress)
            throws IOException {
        List<String> keys = List.copyOf(missing.keySet());
        try {
            if (!settings.sampling().doSample()) {
                writer.answer(
                        missing.values().stream().map(KeptAnswers::request).toList(),
                        settings,
                        (index, answers) -> keep(keys.get(index), missing, answers),
                        progress);
                return;
            }
            // What is drawn must not depend on which answers are known already: each prompt has a seed of its own.
            long tokens = 0;
            for (int i = 0; i < keys.size(); i++) {
                String key = keys.get(i);
                long seed = Rng.mix(settings.sampling().seed(), Long.parseUnsignedLong(key.substring(0, 16), 16));
                long[] written = new long[1];
                writer.answer(
                        List.of(request(missing.get(key))),
                        settings.withSampling(settings.sampling().withSeed(seed)),
                        (index, answers) -> {
                            keep(key, missing, answers);
                            written[0] = answers.get(0).ids().length;
                        },
                        TaskProgress.silent());
                tokens += written[0];
                long atMost = tokens + (long) (keys.size() - 1 - i) * settings.maxNewTokens();
                progress.on("generate", tokens, atMost, "tokens");
            }
        } catch (UncheckedIOException problem) {
            throw problem.getCause();
        }
    }

    private static GenerationRequest request(Prompt prompt) {
        return GenerationRequest.of(prompt.ids());
    }

    private void keep(String key, Map<String, Prompt> missing, List<GenerationResult> answers) {
        GenerationResult best = answers.get(0);
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("place", missing.get(key).place()).put(TEXT, best.text());
        item.put("tokens", best.ids().length);
        item.put("stop_reason", best.stopReason().name().toLowerCase(Locale.ROOT));
        LinkedHashMap<String, ObjectNode> line = new LinkedHashMap<>();
        line.put(key, item);
        try {
            results.append(line);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Of all that an answer depends on but the model. */
    private String key(int[] ids, GenerationSettings settings) {
        Checksum checksum = new Checksum();
        String how = settings + " " + new TreeSet<>(stop.tokens());
        checksum.update(ByteBuffer.wrap(how.getBytes(StandardCharsets.UTF_8)));
        ByteBuffer prompt = ByteBuffer.allocate(4 * ids.length);
        for (int id : ids) {
            prompt.putInt(id);
        }
        checksum.update(prompt.flip());
        return checksum.finish().sha256().substring(0, KEY_DIGITS);
    }
}
