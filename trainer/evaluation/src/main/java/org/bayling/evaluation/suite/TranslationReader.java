package org.bayling.evaluation.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bayling.config.RecipeNode;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.translate.DirectionChoice;
import org.bayling.evaluation.translate.LanguageDirectory;
import org.bayling.evaluation.translate.MetricChoice;
import org.bayling.evaluation.translate.OutputCleaning;
import org.bayling.evaluation.translate.TestSetFiles;
import org.bayling.evaluation.translate.TranslationPrompt;
import org.bayling.evaluation.translate.TranslationTask;
import org.bayling.generate.GenerationSettings;

/**
 * A suite's task of kind translation to a checked record.
 *
 * @param paths where a path of the suite leads
 * @param languages by the codes of test sets
 * @param version of this program, for signatures
 */
record TranslationReader(Function<String, Path> paths, LanguageDirectory languages, String version) {
    private static final Map<String, Boolean> YES_OR_NO = Map.of("true", true, "false", false);

    /**
     * Notes in the node what is wrong.
     *
     * @param limit of segments, unless the task has its own
     * @return empty when no task can be made of it
     */
    Optional<EvaluationPart> part(RecipeNode node, int limit) {
        List<Path> data = node.texts("data").stream().map(paths).toList();
        if (data.isEmpty()) {
            node.problem("data", "is missing, expected the folder of a test set, or a file of rows", "");
        }
        String name = node.optionalText("name").orElse("translation");
        TestSetFiles files = new TestSetFiles(
                data,
                node.optionalText("split").orElse("devtest"),
                node.optionalText("test_set"),
                node.texts("references"));
        DirectionChoice directions = new DirectionChoice(
                node.texts("directions"), node.texts("pivots"), node.choice("all_directions", YES_OR_NO, false));
        int segments = (int) node.integer("limit", limit, 1, Integer.MAX_VALUE);
        FewShot fewShot = new FewShot(
                (int) node.integer("num_fewshot", 0, 0, 1000),
                node.choice(
                        "fewshot_sampler",
                        Map.of("first_n", FewShot.Order.FIRST_N, "random", FewShot.Order.RANDOM),
                        FewShot.Order.FIRST_N),
                node.integer("fewshot_seed", FewShot.SEED, 0, 1L << 53));
        List<Path> shown = node.texts("fewshot_data").stream().map(paths).toList();
        Optional<TranslationPrompt> prompt = prompt(node);
        Optional<GenerationSettings> generation =
                generation(node, prompt.orElse(TranslationPrompt.BAYLING_EN).decoding());
        OutputCleaning cleaning = new OutputCleaning(node.choice("first_line", YES_OR_NO, false));
        Optional<MetricChoice> metrics = metrics(node);
        boolean confidence = node.choice("confidence", YES_OR_NO, true);
        boolean checkLanguage = node.choice("check_language", YES_OR_NO, true);
        if (data.isEmpty() || prompt.isEmpty() || generation.isEmpty() || metrics.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TranslationPart(
                new TranslationTask(
                        name,
                        files,
                        directions,
                        segments,
                        fewShot,
                        shown.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new TestSetFiles(shown, "dev", Optional.empty(), List.of())),
                        prompt.get(),
                        generation.get(),
                        cleaning,
                        metrics.get(),
                        confidence ? Optional.of(Bootstrap.STANDARD) : Optional.empty(),
                        checkLanguage,
                        version),
                languages));
    }

    private static Optional<TranslationPrompt> prompt(RecipeNode node) {
        String text = node.optionalText("prompt").orElse(TranslationPrompt.BAYLING_EN.name());
        boolean chat = node.choice("apply_chat_template", YES_OR_NO, true);
        TranslationPrompt.Names names = node.choice(
                "language_names",
                Map.of("en", TranslationPrompt.Names.EN, "zh", TranslationPrompt.Names.ZH),
                TranslationPrompt.Names.EN);
        try {
            return Optional.of(TranslationPrompt.of(text, names, chat));
        } catch (IllegalArgumentException problem) {
            node.problem("prompt", problem.getMessage(), "");
            return Optional.empty();
        }
    }

    private static Optional<GenerationSettings> generation(RecipeNode node, GenerationSettings otherwise) {
        int beams = (int) node.integer("num_beams", otherwise.beams().numBeams(), 1, 1000);
        double lengthPenalty = node.number("length_penalty", otherwise.beams().lengthPenalty(), -100, 100);
        int tokens = (int) node.integer("max_new_tokens", otherwise.maxNewTokens(), 1, 1 << 24);
        double repetition = node.number("repetition_penalty", otherwise.repetitionPenalty(), 0, 100);
        int ngrams = (int) node.integer("no_repeat_ngram_size", otherwise.noRepeatNgramSize(), 0, 1000);
        List<String> stop = node.has("stop_strings") ? node.texts("stop_strings") : otherwise.stopStrings();
        try {
            return Optional.of(otherwise
                    .withBeams(otherwise.beams().withNumBeams(beams).withLengthPenalty(lengthPenalty))
                    .withMaxNewTokens(tokens)
                    .withRepetitionPenalty(repetition)
                    .withNoRepeatNgramSize(ngrams)
                    .withStopStrings(stop));
        } catch (IllegalArgumentException problem) {
            node.problem("", problem.getMessage(), "");
            return Optional.empty();
        }
    }

    private Optional<MetricChoice> metrics(RecipeNode node) {
        Optional<Path> spm = node.optionalText("spm_model").map(paths);
        List<String> names = node.texts("metrics");
        Optional<String> tokenize = node.optionalText("tokenize");
        String spmName = node.optionalText("spm_name").orElse(MetricChoice.SPM_NAME);
        try {
            return Optional.of(new MetricChoice(
                    names.isEmpty() ? MetricChoice.defaults(spm.isPresent()) : names, tokenize, spm, spmName));
        } catch (IllegalArgumentException problem) {
            node.problem(node.has("metrics") ? "metrics" : "", problem.getMessage(), "");
            return Optional.empty();
        }
    }
}
