package org.bayling.corpus.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bayling.config.ConfigException;
import org.bayling.corpus.sample.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusRecipeReaderTest {
    @TempDir
    private Path temp;

    private CorpusRecipe read(String yaml, String... overrides) throws Exception {
        Path file = Files.writeString(temp.resolve("recipe.yaml"), yaml);
        return CorpusRecipeReader.read(file, List.of(overrides), TinyCorpus.REGISTRY);
    }

    static Stream<Path> shippedRecipes() throws IOException {
        Path folder = Path.of(System.getProperty("bayling.root", "../..")).resolve("configs/corpus");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedRecipes")
    void everyShippedRecipeIsRight(Path file) throws Exception {
        assertThat(CorpusRecipeReader.read(file, List.of(), TinyCorpus.REGISTRY).sources()).isNotEmpty();
        assertThat(Files.readString(file))
                .startsWith("# ")
                .contains("./bayling-train corpus build configs/corpus/" + file.getFileName());
    }

    @Test
    void theShippedRecipeOfBayLingTwoHasItsSizeAndShares() throws Exception {
        Path file = Path.of(System.getProperty("bayling.root", "../..")).resolve("configs/corpus/bayling-2.yaml");
        CorpusRecipe recipe = CorpusRecipeReader.read(file, List.of(), TinyCorpus.REGISTRY);
        assertThat(recipe.mixture().samples()).isEqualTo(3_200_000);
        assertThat(recipe.mixture().groups().get(Group.CHINESE)).isCloseTo(43.2, within(1e-12));
        assertThat(recipe.mixture().groups().get(Group.ENGLISH)).isCloseTo(26.2, within(1e-12));
        assertThat(recipe.mixture().groups().get(Group.CROSS_LINGUAL)).isCloseTo(30.6, within(1e-12));
    }

    @Test
    void everyProblemIsToldAtOnceWithItsLineAndTheNearestName() {
        assertThatThrownBy(() -> read("""
                        sources:
                          - {id: a, kind: paralel, path: x, licence: l}
                          - {id: a, kind: parallel, pth: x, languages: [fr, klingonish]}
                          - {id: c, kind: instructions, path: x, licence: l, group: zhh}
                        qualty: none
                        mixture:
                          samples: many
                          groups: {zh: -1}
                          sampling: unimaxx
                          tasks: {translatoin: 2, instruction: 1}
                          directions: {en-L: 1, en-X: 2}
                        samples_per_shard: 0
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("recipe.yaml:2:13: sources.0.kind: expected one of")
                .hasMessageContaining("did you mean parallel?")
                .hasMessageContaining("recipe.yaml:3:6: sources.1.id: a second source is called a")
                .hasMessageContaining("sources.1.licence: is missing")
                .hasMessageContaining("sources.1.pth: unknown key (did you mean path?)")
                .hasMessageNotContaining("sources.0.path")
                .hasMessageContaining("klingonish")
                .hasMessageContaining("did you mean zh?")
                .hasMessageContaining("recipe.yaml:5:1: qualty: unknown key (did you mean quality?)")
                .hasMessageContaining("recipe.yaml:7:12: mixture.samples: expected a number, found \"many\"")
                .hasMessageContaining("mixture.groups.zh: expected a number of at least 0, found -1")
                .hasMessageContaining("did you mean unimax?")
                .hasMessageContaining("mixture.tasks.translatoin: is no task (did you mean translation?)")
                .hasMessageContaining("mixture.directions.en-X: is no kind of direction")
                .hasMessageContaining("samples_per_shard: expected a number from 1 to");
    }

    @Test
    void groupsThatAllHaveNoWeightAreRefused() {
        assertThatThrownBy(() -> read("""
                        sources: [{id: a, kind: cldr, licence: l}]
                        mixture: {samples: 10, groups: {zh: 0, en: 0}}
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("recipe.yaml:2:")
                .hasMessageContaining("mixture.groups: no number is above 0");
    }

    @Test
    void overridesWinAndTheRootStandsBeforeRelativePaths() throws Exception {
        CorpusRecipe recipe = read("""
                root: somewhere
                sources: [{id: a, kind: instructions, path: x.jsonl, licence: l}]
                mixture: {samples: 10}
                """, "mixture.samples=20", "root=elsewhere", "mixture.max_epochs=2.5");
        assertThat(recipe.mixture().samples()).isEqualTo(20);
        assertThat(recipe.mixture().maxEpochs()).containsEntry(Group.ENGLISH, 2.5);
        assertThat(recipe.sources().get(0).paths()).containsExactly("elsewhere/x.jsonl");
        assertThat(recipe.text()).contains("# overridden: mixture.samples=20");
    }
}
