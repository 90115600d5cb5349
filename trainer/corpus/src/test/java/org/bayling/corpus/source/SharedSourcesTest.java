package org.bayling.corpus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bayling.config.DataConfig;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.source.SourceRecipe.MultiFormat;
import org.bayling.corpus.source.SourceRecipe.ParallelFormat;
import org.bayling.corpus.task.Assignment;
import org.bayling.corpus.task.CrossLingualTasks;
import org.bayling.corpus.task.Tasks;
import org.junit.jupiter.api.Test;

/** The readers and the tasks on real data; skipped where there are none. */
class SharedSourcesTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    /** Real text has braces too, but not around these words. */
    private static final Pattern GAP =
            Pattern.compile("\\{(source|target|via|text|words?|draft|question|options|item|kind|language)\\}");

    private static String data(String name) {
        String shared = Optional.ofNullable(System.getProperty("bayling.shared"))
                .filter(path -> !path.isBlank())
                .orElseGet(() -> Optional.ofNullable(System.getenv("BAYLING_SHARED")).orElse("../shared"));
        Path path = Path.of(shared, "data", name);
        assumeTrue(Files.exists(path), "the shared data are needed, looked for " + path);
        return path.toString();
    }

    private static List<SourceItem> read(SourceRecipe recipe, LanguageRegistry registry) throws IOException {
        List<SourceItem> items = new ArrayList<>();
        Sources.open(recipe, registry).read(items::add);
        return items;
    }

    @Test
    void instructionSetsGiveEveryRow() throws IOException {
        for (String language : List.of("en", "zh")) {
            List<SourceItem> items = read(
                    new SourceRecipe.Instructions(
                            "alpaca-" + language,
                            "Apache-2.0",
                            List.of(data("instructions/alpaca_" + language + "_demo.json.gz")),
                            DataConfig.Format.ALPACA,
                            Map.of(),
                            Optional.of(language),
                            Optional.empty()),
                    REGISTRY);
            assertThat(items).hasSize(language.equals("en") ? 999 : 1000);
        }
    }

    @Test
    void alignedFilesGiveEveryLine() throws IOException {
        List<SourceItem> items = read(
                new SourceRecipe.Parallel(
                        "flores-v1",
                        "CC-BY-SA-4.0",
                        List.of(
                                data("flores-v1/wikipedia.dev.ne-en.ne.gz"),
                                data("flores-v1/wikipedia.dev.ne-en.en.gz")),
                        ParallelFormat.LINES,
                        List.of("ne", "en"),
                        SourceItem.Kind.SENTENCE),
                REGISTRY);
        assertThat(items).hasSize(2559);
    }

    @Test
    void rowsThatNameTheirLanguagesGiveFivePairs() throws IOException {
        Map<String, Integer> pairs = new HashMap<>();
        SourceRecipe recipe = new SourceRecipe.Parallel(
                "wmt", "x", List.of(data("wmt-dev")), ParallelFormat.JSONL, List.of(), SourceItem.Kind.SENTENCE);
        Sources.open(recipe, REGISTRY).read(item ->
                pairs.merge(((SourceItem.Parallel) item).texts().keySet().toString(), 1, Integer::sum));
        assertThat(pairs)
                .isEqualTo(Map.of(
                        "[cs, en]", 13078, "[de, en]", 15213, "[en, is]", 2009, "[en, ru]", 16002, "[en, zh]", 16408));
    }

    @Test
    void choicesGiveElevenLanguages() throws IOException {
        List<SourceItem> items =
                read(new SourceRecipe.Choice("xcopa", "CC-BY-4.0", List.of(data("xcopa")), Optional.empty()), REGISTRY);
        assertThat(items).hasSize(1100).extracting(item -> ((SourceItem.Choice) item).language())
                .contains("et", "ht", "id", "it", "qu", "sw", "ta", "th", "tr", "vi", "zh");
    }

    @Test
    void declarationsAndCldrGiveFourHundredLanguagesTiedToBothPivots() throws IOException {
        SourceRecipe declarations = new SourceRecipe.MultiParallel(
                "udhr", "x", List.of(data("udhr/declarations.jsonl.gz")), MultiFormat.DECLARATIONS, Set.of());
        SourceRecipe cldr = new SourceRecipe.Cldr(
                "cldr", "Unicode-3.0", Set.of(CldrItem.Category.MONTH, CldrItem.Category.WEEKDAY), Set.of(), 0, 0);
        LanguageRegistry registry = Sources.languages(List.of(declarations, cldr), REGISTRY);
        CrossLingualTasks tasks = CrossLingualTasks.of(registry);
        Set<String> english = new TreeSet<>();
        Set<String> chinese = new TreeSet<>();
        long samples = 0;
        for (SourceRecipe recipe : List.of(declarations, cldr)) {
            for (SourceItem item : read(recipe, registry)) {
                for (Assignment assignment : tasks.possible(item)) {
                    (assignment.pivot().tag().equals("en") ? english : chinese).add(assignment.language());
                    // One in eleven: all of them would take longer than they teach.
                    if (samples++ % 11 == 0) {
                        check(tasks.make(item, assignment, samples), assignment);
                    }
                }
            }
        }
        assertThat(english).hasSizeGreaterThanOrEqualTo(400);
        assertThat(chinese).hasSizeGreaterThanOrEqualTo(400);
        assertThat(samples).isGreaterThan(400_000);
    }

    private static void check(CorpusSample sample, Assignment assignment) {
        String question = sample.messages().get(0).content();
        String answer = sample.messages().get(sample.messages().size() - 1).content();
        if (GAP.matcher(question).find() || question.isBlank() || answer.isBlank()) {
            throw new AssertionError(assignment + " gives " + sample);
        }
        if (assignment.task().equals(Tasks.IDENTIFICATION) && question.contains("\n" + answer + "\n")) {
            throw new AssertionError(assignment + " tells the answer: " + sample);
        }
    }
}
