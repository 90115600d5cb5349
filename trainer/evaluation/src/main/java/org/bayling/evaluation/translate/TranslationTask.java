package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bayling.data.DataException;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.generate.GenerationSettings;

/**
 * A test set to be translated, with all that its scores depend on but the model.
 *
 * @param name of the scores; empty takes the test set's own
 * @param data the test set
 * @param directions which of its directions
 * @param limit segments of each direction
 * @param shots examples in front of each segment
 * @param examples where they are taken from: the first of the same direction
 * @param prompt how a translation is asked for
 * @param generation how answers are made
 * @param cleaning what is done to them
 * @param metrics what is computed
 * @param bootstrap of confidence intervals; empty for none
 * @param checkLanguage whether outputs are counted by language
 * @param version of this program, for signatures
 */
public record TranslationTask(
        Optional<String> name,
        TestSetFiles data,
        DirectionChoice directions,
        int limit,
        int shots,
        Optional<TestSetFiles> examples,
        TranslationPrompt prompt,
        GenerationSettings generation,
        OutputCleaning cleaning,
        MetricChoice metrics,
        Optional<Bootstrap> bootstrap,
        boolean checkLanguage,
        String version) {

    /** @throws IllegalArgumentException when parts do not go together */
    public TranslationTask {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", but must be 1 or more");
        }
        if (shots < 0) {
            throw new IllegalArgumentException("num_fewshot is " + shots + ", but must not be negative");
        }
        if (shots > 0 == examples.isEmpty()) {
            throw new IllegalArgumentException("num_fewshot and the data of the examples belong together");
        }
        if (generation.numReturnSequences() != 1) {
            throw new IllegalArgumentException("num_return_sequences is " + generation.numReturnSequences()
                    + ", but one translation of each segment is scored");
        }
    }

    /**
     * A direction whose texts are in memory.
     *
     * @param examples as many as are wanted
     */
    record Texts(
            Direction direction,
            NamedLanguage source,
            NamedLanguage target,
            List<Segment> segments,
            List<Segment> examples) {}

    /**
     * Reads all texts, before a model is loaded.
     *
     * @throws DataException naming file and line of what is wrong
     */
    public TranslationEvaluation read(LanguageDirectory languages) throws IOException {
        TestSet set = data.open(languages);
        List<Direction> wanted = directions.of(set, languages);
        Optional<TestSet> shown = Optional.empty();
        if (examples.isPresent()) {
            shown = Optional.of(examples.get().open(languages));
        }
        List<Texts> texts = new ArrayList<>();
        for (Direction direction : wanted) {
            List<Segment> segments = set.segments(direction);
            texts.add(new Texts(
                    direction,
                    language(direction.source(), languages),
                    language(direction.target(), languages),
                    segments.subList(0, Math.min(limit, segments.size())),
                    shown.isPresent() ? examples(shown.get(), direction, languages) : List.of()));
        }
        return new TranslationEvaluation(this, set, texts, metrics.load());
    }

    private List<Segment> examples(TestSet from, Direction direction, LanguageDirectory languages) throws IOException {
        Direction same = new DirectionChoice(List.of(direction.toString()), List.of(), false)
                .of(from, languages)
                .get(0);
        List<Segment> all = from.segments(same);
        if (all.size() < shots) {
            throw new DataException(from.name() + ": has " + all.size() + " segments of " + direction + ", but " + shots
                    + " examples are asked for");
        }
        return all.subList(0, shots);
    }

    private static NamedLanguage language(String code, LanguageDirectory languages) throws DataException {
        return languages
                .find(code)
                .orElseThrow(() -> new DataException("the language code '" + code
                        + "' of the test set is unknown, so no prompt can name it; leave it out with --directions"));
    }

    /** What scores depend on, for people. */
    Map<String, String> settings(TestSet set, List<Texts> texts) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", data.paths().stream().map(Path::toString).collect(Collectors.joining(", ")));
        settings.put("layout", set.layout() + (set instanceof FloresFolder ? ", " + data.split() : ""));
        if (!data.references().isEmpty()) {
            settings.put("references", String.join(", ", data.references()));
        }
        settings.put("directions", Integer.toString(texts.size()));
        if (limit < Integer.MAX_VALUE) {
            settings.put("limit", Integer.toString(limit));
        }
        settings.put("num_fewshot", Integer.toString(shots));
        if (examples.isPresent()) {
            settings.put("fewshot_sampler", "first_n");
        }
        settings.put("prompt", prompt.name());
        settings.put("prompt_template", prompt.template());
        settings.put("chat_template", prompt.chat() ? "applied" : "none");
        generation(settings);
        settings.put("cleaning", cleaning.description());
        bootstrap.ifPresent(drawn -> settings.put(
                "confidence", "95%, bootstrap of " + drawn.samples() + " resamples, seed " + drawn.seed()));
        settings.put("comet", TranslationResults.COMET);
        return settings;
    }

    private void generation(Map<String, String> settings) {
        boolean sampled = generation.sampling().doSample();
        settings.put("do_sample", Boolean.toString(sampled));
        if (sampled) {
            settings.put("temperature", Double.toString(generation.sampling().temperature()));
            settings.put("top_k", Integer.toString(generation.sampling().topK()));
            settings.put("top_p", Double.toString(generation.sampling().topP()));
            settings.put("seed", Long.toString(generation.sampling().seed()));
        }
        settings.put("num_beams", Integer.toString(generation.beams().numBeams()));
        if (generation.beams().numBeams() > 1) {
            settings.put("length_penalty", Double.toString(generation.beams().lengthPenalty()));
            settings.put(
                    "early_stopping",
                    generation.beams().earlyStopping().name().toLowerCase(Locale.ROOT));
        }
        settings.put("max_new_tokens", Integer.toString(generation.maxNewTokens()));
        settings.put("repetition_penalty", Double.toString(generation.repetitionPenalty()));
        if (generation.noRepeatNgramSize() > 0) {
            settings.put("no_repeat_ngram_size", Integer.toString(generation.noRepeatNgramSize()));
        }
        if (!generation.stopStrings().isEmpty()) {
            settings.put(
                    "stop_strings",
                    generation.stopStrings().stream()
                            .map(text -> text.replace("\n", "\\n"))
                            .collect(Collectors.joining(" | ")));
        }
    }
}
