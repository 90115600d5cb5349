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
import org.bayling.generate.GenerationSettings;

/**
 * A test set to be translated, with all that its scores depend on but the model.
 *
 * @param name of the scores
 * @param data the test set, and what of it
 * @param fewShot examples in front of each segment
 * @param examples where they are taken from, of the same direction; empty takes FLORES's {@code dev}, of other
 *     test sets the rest of the test set itself
 * @param prompt how a translation is asked for
 * @param generation how answers are made
 * @param cleaning what is done to them
 * @param scoring what is computed
 */
public record TranslationTask(
        String name,
        TestSetChoice data,
        FewShot fewShot,
        Optional<TestSetFiles> examples,
        TranslationPrompt prompt,
        GenerationSettings generation,
        OutputCleaning cleaning,
        ScoringChoice scoring) {

    /** @throws IllegalArgumentException when parts do not go together */
    public TranslationTask {
        if (generation.numReturnSequences() != 1) {
            throw new IllegalArgumentException("num_return_sequences is " + generation.numReturnSequences()
                    + ", but one translation of each segment is scored");
        }
    }

    /**
     * Reads all texts, before a model is loaded.
     *
     * @throws DataException naming file and line of what is wrong
     */
    public TranslationEvaluation read(LanguageDirectory languages) throws IOException {
        TestSet set = data.files().open(languages);
        TestSet pool = pool(set, languages);
        List<TranslationEvaluation.Asked> asked = new ArrayList<>();
        for (DirectionTexts texts : data.read(set, languages)) {
            asked.add(new TranslationEvaluation.Asked(texts, examples(pool, texts, languages)));
        }
        return new TranslationEvaluation(this, asked, scoring.load(name));
    }

    private TestSet pool(TestSet set, LanguageDirectory languages) throws IOException {
        if (fewShot.shots() == 0) {
            return set;
        }
        if (examples.isPresent()) {
            return examples.get().open(languages);
        }
        return set instanceof FloresFolder ? data.files().withSplit("dev").open(languages) : set;
    }

    /** For each segment those in front of it. */
    private List<List<Segment>> examples(TestSet pool, DirectionTexts texts, LanguageDirectory languages)
            throws IOException {
        List<Segment> all = List.of();
        if (fewShot.shots() > 0) {
            Direction same = new DirectionChoice(List.of(texts.direction().toString()), List.of(), false)
                    .of(pool, languages)
                    .get(0);
            all = pool.segments(same);
        }
        FewShot.Sampler<Segment> sampler = fewShot.sampler(all);
        List<List<Segment>> examples = new ArrayList<>();
        for (Segment segment : texts.segments()) {
            List<Segment> shown = sampler.next(Optional.of(segment).filter(all::contains));
            if (shown.size() < fewShot.shots()) {
                throw new DataException(pool.name() + ": has " + all.size() + " segments of " + texts.direction()
                        + ", too few for " + fewShot.shots() + " examples in front of each");
            }
            examples.add(shown);
        }
        return examples;
    }

    /** What scores depend on, for people. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(data.settings());
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
        settings.putAll(scoring.settings());
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
