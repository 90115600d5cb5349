package org.bayling.corpus.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.sample.Group;
import org.bayling.data.CorpusManifest;
import org.bayling.io.FaultPoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped small recipe on the shared data, without the two filters and most of the sentences that take most of its
 * time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedCorpusTest {
    private static final String QUICKLY = "quality={skip: [language-id, near-duplicate]}";

    private Path temp;
    private Path shared;
    private CorpusManifest manifest;
    private Map<Cell, long[]> plan;

    @BeforeAll
    void buildOnce(@TempDir Path folder) throws Exception {
        temp = folder;
        shared = Path.of(System.getProperty("bayling.shared", System.getenv().getOrDefault("BAYLING_SHARED", "../shared")));
        assumeTrue(Files.exists(shared.resolve("data")), "skipped: " + shared + " is absent (set BAYLING_SHARED)");
        manifest = TinyCorpus.build(
                recipe("small"),
                temp.resolve("corpus"),
                2,
                FaultPoint.NONE,
                "root=" + shared.toAbsolutePath(),
                "sources.3.path=data/wmt-dev/train.is-en.jsonl.gz",
                QUICKLY);
        Path file = temp.resolve("corpus/plan.json");
        assertThat(Files.size(file)).as("bytes of " + file).isLessThan(4 << 20);
        plan = CellTable.read(WorkDirectory.JSON.readTree(file.toFile()).get("cells"));
    }

    private static Path recipe(String name) {
        return Path.of(System.getProperty("bayling.root", "../..")).resolve("configs/corpus/" + name + ".yaml");
    }

    @Test
    void fourHundredLanguagesArePresentAHundredOfThemWithFiveHundredSamplesAndBothPivots() {
        Map<String, Long> samples = new HashMap<>();
        Map<String, Set<String>> pivots = new HashMap<>();
        plan.forEach((cell, figures) -> {
            long realised = figures[2];
            if (realised > 0 && cell.group() == Group.CROSS_LINGUAL) {
                samples.merge(cell.language(), realised, Long::sum);
                for (String pivot : new String[] {"en", "zh"}) {
                    if (cell.direction().endsWith("-" + pivot) || cell.direction().startsWith(pivot + "-")) {
                        pivots.computeIfAbsent(cell.language(), l -> new HashSet<>()).add(pivot);
                    }
                }
            }
        });
        assertThat(samples.size()).isGreaterThanOrEqualTo(400);
        assertThat(samples.values().stream().filter(count -> count >= 500).count()).isGreaterThanOrEqualTo(100);
        assertThat(samples.keySet().stream()
                        .filter(tag -> !tag.equals("en") && !tag.equals("zh"))
                        .filter(tag -> pivots.getOrDefault(tag, Set.of()).size() < 2))
                .as("languages that are not tied to both pivots")
                .isEmpty();
    }

    @Test
    void everyCellIsRealisedAsPlannedAndGroupsAreWithinOneSample() {
        plan.forEach((cell, figures) ->
                assertThat(figures[2]).as("realised of " + cell).isEqualTo(figures[1]));
        JsonNode groups = manifest.json().get("groups");
        assertThat(groups.get("zh").asDouble()).isCloseTo(0.014 * manifest.samples(), within(1.0));
        assertThat(groups.get("cross-lingual").asDouble()).isCloseTo(0.972 * manifest.samples(), within(1.0));
    }

    @Test
    void baylingsSharesOnTheSameSourcesAreWithinOneSample() throws Exception {
        CorpusManifest small = TinyCorpus.build(
                recipe("small"),
                temp.resolve("bayling"),
                2,
                FaultPoint.NONE,
                "root=" + shared.toAbsolutePath(),
                "quality=none",
                "sources=[{id: zh, kind: instructions, path: data/instructions/alpaca_zh_demo.json.gz, language: zh,"
                        + " licence: l}, {id: en, kind: instructions, path: data/instructions/alpaca_en_demo.json.gz,"
                        + " language: en, licence: l}, {id: cldr, kind: cldr, largest_number: 5, dates: 3,"
                        + " languages: [en, zh, fr, km, de, yo], licence: l}]",
                "mixture.samples=6000",
                "mixture.groups={zh: 43.2, en: 26.2, cross-lingual: 30.6}",
                "mixture.min_samples_per_language=0");
        assertThat(small.json().get("groups").toString()).isEqualTo("{\"cross-lingual\":1836,\"en\":1572,\"zh\":2592}");
    }

    @Test
    void theLicenceOfEverySourceIsCarriedOn() throws IOException {
        for (JsonNode source : manifest.json().get("sources")) {
            assertThat(source.get("licence").asText()).isNotBlank();
            assertThat(source.get("items_kept").asLong()).as(source.toString()).isPositive();
        }
    }
}
