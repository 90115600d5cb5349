package org.bayling.evaluation.translate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bayling.data.DataException;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.generate.GenerationSettings;

/**
 * A test set to be translated, with all that its scores depend on but the model.
 *
 * @param name of the scores
 * @param data the test set
 * @param directions which of its directions
 * @param limit segments of each direction
 * @param fewShot examples in front of each segment
 * @param examples where they are taken from, of the same direction; empty takes FLORES's {@code dev}, of other test sets
 *     the rest of the test set itself
 * @param prompt how a translation is asked for
 * @param generation how answers are made
 * @param cleaning what is done to them
 * @param metrics what is computed
 * @param bootstrap of confidence intervals; empty for none
 * @param checkLanguage whether outputs are counted by language
 * @param version of this program, for signatures
 */
public record TranslationTask(
        String name,
        TestSetFiles data,
        DirectionChoice directions,
        int limit,
        FewShot fewShot,
        Optional<TestSetFiles> examples,
        TranslationPrompt prompt,
        GenerationSettings generation,
        OutputCleaning cleaning,
        MetricChoice metrics,
        Optional<Bootstrap> bootstrap,
        boolean checkLanguage,
        String version) {
    /** What is said of COMET as long as no checkpoint of it can be read. */
    public static final String COMET = "unavailable";

    /** @throws IllegalArgumentException when parts do not go together */
    public TranslationTask {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", but must be 1 or more");
        }
        if (generation.numReturnSequences() != 1) {
            throw new IllegalArgumentException("num_return_sequences is " + generation.numReturnSequences()
                    + ", but one translation of each segment is scored");
        }
    }

    /**
     * A direction whose texts are in memory.
     *
     * @param examples for each segment those in front of it
     */
    record Texts(
            Direction direction,
            NamedLanguage source,
            NamedLanguage target,
            List<Segment> segments,
            List<List<Segment>> examples) {}

    /**
     * Reads all texts, before a model is loaded.
     *
     * @throws DataException naming file and line of what is wrong
     */
    public TranslationEvaluation read(LanguageDirectory languages) throws IOException {
        TestSet set = data.open(languages);
        TestSet pool = pool(set, languages);
        List<Texts> texts = new ArrayList<>();
        for (Direction direction : directions.of(set, languages)) {
            List<Segment> all = set.segments(direction);
            List<Segment> segments = all.subList(0, Math.min(limit, all.size()));
            texts.add(new Texts(
                    direction,
                    language(direction.source(), languages),
                    language(direction.target(), languages),
                    segments,
                    examples(pool, direction, segments, languages)));
        }
        return new TranslationEvaluation(this, texts, metrics.load());
    }

    private TestSet pool(TestSet set, LanguageDirectory languages) throws IOException {
        if (fewShot.shots() == 0) {
            return set;
        }
        if (examples.isPresent()) {
            return examples.get().open(languages);
        }
        return set instanceof FloresFolder ? data.withSplit("dev").open(languages) : set;
    }

    private List<List<Segment>> examples(
            TestSet pool, Direction direction, List<Segment> segments, LanguageDirectory languages)
            throws IOException {
        List<Segment> all = List.of();
        if (fewShot.shots() > 0) {
            Direction same = new DirectionChoice(List.of(direction.toString()), List.of(), false)
                    .of(pool, languages)
                    .get(0);
            all = pool.segments(same);
        }
        FewShot.Sampler<Segment> sampler = fewShot.sampler(all);
        List<List<Segment>> examples = new ArrayList<>();
        for (Segment segment : segments) {
            List<Segment> shown = sampler.next(Optional.of(segment).filter(all::contains));
            if (shown.size() < fewShot.shots()) {
                throw new DataException(pool.name() + ": has " + all.size() + " segments of " + direction + ", too few for "
                        + fewShot.shots() + " examples in front of each");
            }
            examples.add(shown);
        }
        return examples;
    }

    private static NamedLanguage language(String code, LanguageDirectory languages) throws DataException {
        return languages
                .find(code)
                .orElseThrow(() -> new DataException("the language code '" + code
                        + "' of the test set is unknown, so no prompt can name it; leave it out with --directions"));
    }

    /** What scores depend on, for people. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", data.description());
        settings.put("directions", directions.description());
        if (limit < Integer.MAX_VALUE) {
            settings.put("limit", Integer.toString(limit));
        }
        settings.put("num_fewshot", Integer.toString(fewShot.shots()));
        if (fewShot.shots() > 0) {
            settings.put("fewshot_data", examples.map(TestSetFiles::description).orElse("default"));
            settings.put("fewshot_sampler", fewShot.order().name().toLowerCase(Locale.ROOT));
            settings.put("fewshot_seed", Long.toString(fewShot.seed()));
        }
        settings.put("prompt", prompt.name());
        settings.put("prompt_template", prompt.template());
        settings.put("chat_template", prompt.chat() ? "applied" : "none");
        generation(settings);
        settings.put("cleaning", cleaning.description());
        bootstrap.ifPresent(drawn -> settings.put(
                "confidence", "95%, bootstrap of " + drawn.samples() + " resamples, seed " + drawn.seed()));
        settings.put("comet", COMET);
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
