package org.bayling.corpus.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bayling.corpus.mixture.MixtureRecipe.BelowMinimum;
import org.bayling.corpus.mixture.MixtureRecipe.Sampling;
import org.bayling.corpus.sample.Group;
import org.bayling.data.DataException;
import org.junit.jupiter.api.Test;

class MixturePlanTest {
    private static final Map<Group, Double> BAYLING =
            Map.of(Group.CHINESE, 43.2, Group.ENGLISH, 26.2, Group.CROSS_LINGUAL, 30.6);
    private static final Map<Group, Double> CROSS = Map.of(Group.CROSS_LINGUAL, 1.0);

    private final SortedMap<Cell, Supply> supply = new TreeMap<>();

    private void has(String language, String task, String direction, long candidates) {
        supply.put(new Cell(Group.CROSS_LINGUAL, language, task, direction), new Supply(candidates, 10 * candidates));
    }

    private static MixtureRecipe recipe(Map<Group, Double> groups, long samples, Sampling sampling, double t, double epochs) {
        Map<Group, Double> caps = Map.of(Group.CHINESE, epochs, Group.ENGLISH, epochs, Group.CROSS_LINGUAL, epochs);
        return new MixtureRecipe(
                samples, groups, sampling, t, caps, 0, BelowMinimum.ERROR, Map.of(), Map.of());
    }

    private static MixtureRecipe with(MixtureRecipe r, long minimum, BelowMinimum below) {
        return new MixtureRecipe(r.samples(), r.groups(), r.sampling(), r.temperature(), r.maxEpochs(), minimum, below,
                r.tasks(), r.directions());
    }

    private Map<String, Long> languages(MixtureRecipe recipe) throws DataException {
        Map<String, Long> samples = new TreeMap<>();
        MixturePlan.of(recipe, supply).by(Cell::language).forEach((tag, total) -> samples.put(tag, total.samples()));
        return samples;
    }

    @Test
    void baylingsGroupsAreWithinOneSampleOfTheirShares() throws DataException {
        supply.put(new Cell(Group.CHINESE, "zh", "instruction", "zh"), new Supply(5_000_000, 1));
        supply.put(new Cell(Group.ENGLISH, "en", "instruction", "en"), new Supply(5_000_000, 1));
        has("fr", "translation", "fr-en", 5_000_000);
        for (long samples : new long[] {3_200_000, 3_199_999, 1_001, 7}) {
            SortedMap<Group, MixturePlan.Total> groups =
                    MixturePlan.of(recipe(BAYLING, samples, Sampling.TEMPERATURE, 1.5, 1), supply).by(Cell::group);
            assertThat(groups.values().stream().mapToLong(MixturePlan.Total::samples).sum()).isEqualTo(samples);
            assertThat((double) groups.get(Group.CHINESE).samples()).isCloseTo(0.432 * samples, within(1.0));
            assertThat((double) groups.get(Group.ENGLISH).samples()).isCloseTo(0.262 * samples, within(1.0));
            assertThat((double) groups.get(Group.CROSS_LINGUAL).samples()).isCloseTo(0.306 * samples, within(1.0));
        }
        MixturePlan full = MixturePlan.of(recipe(BAYLING, 3_200_000, Sampling.TEMPERATURE, 1.5, 1), supply);
        assertThat(full.lines()).extracting(MixturePlan.Line::samples).containsExactly(1_382_400L, 838_400L, 979_200L);
    }

    /**
     * D = 8,000, 1,000, 125: (D / 9,125)^(1/1.5) = 0.916058, 0.229015, 0.057254 (a factor of 4 from one to the next,
     * since 8^(2/3) = 4); of 21,000: 16,000, 4,000, 1,000.
     */
    @Test
    void temperatureGivesTheSharesOfItsFormula() throws DataException {
        has("fr", "translation", "fr-en", 8_000);
        has("km", "translation", "km-en", 1_000);
        has("yo", "translation", "yo-en", 125);
        assertThat(languages(recipe(CROSS, 21_000, Sampling.TEMPERATURE, 1.5, 100)))
                .isEqualTo(Map.of("fr", 16_000L, "km", 4_000L, "yo", 1_000L));
        // T = 1 is in proportion: 2 x D.
        assertThat(languages(recipe(CROSS, 18_250, Sampling.TEMPERATURE, 1, 100)))
                .isEqualTo(Map.of("fr", 16_000L, "km", 2_000L, "yo", 250L));
        // T = 3: a factor of 2; of 7,000: 4,000, 2,000, 1,000.
        assertThat(languages(recipe(CROSS, 7_000, Sampling.TEMPERATURE, 3, 100)))
                .isEqualTo(Map.of("fr", 4_000L, "km", 2_000L, "yo", 1_000L));
    }

    /**
     * UniMax by hand, budget 10,000, N = 2: smallest first, each gets the less of N x D and an equal part of what is left.
     * yo 100: 10,000 / 4 = 2,500 > 200, so 200; km 1,000: 9,800 / 3 = 3,266.7 > 2,000, so 2,000; then 7,800 / 2 = 3,900
     * for si (of 2 x 5,000) and fr (of 2 x 90,000).
     */
    @Test
    void uniMaxIsUniformUpToTheEpochsOfSmallLanguages() throws DataException {
        has("fr", "translation", "fr-en", 90_000);
        has("km", "translation", "km-en", 1_000);
        has("si", "translation", "si-en", 5_000);
        has("yo", "translation", "yo-en", 100);
        assertThat(languages(recipe(CROSS, 10_000, Sampling.UNIMAX, 1, 2)))
                .isEqualTo(Map.of("yo", 200L, "km", 2_000L, "si", 3_900L, "fr", 3_900L));
    }

    @Test
    void everyLanguageGetsTheMinimumAndNoneMoreThanItsCap() throws DataException {
        has("fr", "translation", "fr-en", 9_000);
        has("km", "translation", "km-en", 900);
        has("yo", "translation", "yo-en", 100);
        MixtureRecipe recipe = recipe(CROSS, 5_000, Sampling.TEMPERATURE, 1, 2);
        // In proportion 4,500, 450, 50; yo at 150, the rest 4,850 by 10 : 1.
        assertThat(languages(with(recipe, 150, BelowMinimum.ERROR)))
                .isEqualTo(Map.of("fr", 4_409L, "km", 441L, "yo", 150L));
        // Flat, yo is capped at 2 x 100.
        assertThat(languages(recipe(CROSS, 3_000, Sampling.TEMPERATURE, 1e9, 2)))
                .isEqualTo(Map.of("fr", 1_400L, "km", 1_400L, "yo", 200L));
    }

    @Test
    void aLanguageBelowTheMinimumIsNamedDroppedOrKeptAsAsked() throws DataException {
        has("fr", "translation", "fr-en", 9_000);
        has("yo", "translation", "yo-en", 100);
        MixtureRecipe recipe = recipe(CROSS, 2_000, Sampling.TEMPERATURE, 1, 2);
        assertThatThrownBy(() -> languages(with(recipe, 300, BelowMinimum.ERROR)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("group cross-lingual 1 languages have fewer than min_samples_per_language: 300")
                .hasMessageContaining("yo (200)")
                .hasMessageContaining("max_epochs: 2");
        assertThat(languages(with(recipe, 300, BelowMinimum.DROP))).isEqualTo(Map.of("fr", 2_000L));
        assertThat(languages(with(recipe, 300, BelowMinimum.KEEP))).isEqualTo(Map.of("fr", 1_800L, "yo", 200L));
    }

    @Test
    void weightsThatCannotBeMetAreRefusedWithWhatIsMissing() {
        has("fr", "translation", "fr-en", 1_000);
        assertThatThrownBy(() -> languages(recipe(CROSS, 2_500, Sampling.TEMPERATURE, 1, 2)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("group cross-lingual should give 2500 samples")
                .hasMessageContaining("1000 candidates at max_epochs: 2 give 2000, 500 too few");
        assertThatThrownBy(() -> languages(recipe(BAYLING, 1_000, Sampling.TEMPERATURE, 1, 2)))
                .hasMessageContaining("group zh should give 432 samples, but its 0 candidates");
        MixtureRecipe tight = with(recipe(CROSS, 100, Sampling.TEMPERATURE, 1, 2), 101, BelowMinimum.ERROR);
        assertThatThrownBy(() -> languages(tight)).hasMessageContaining("need 101");
    }

    @Test
    void tasksAndDirectionsShareALanguageByTheirWeights() throws DataException {
        has("fr", "translation", "fr-en", 1_000);
        has("fr", "translation", "en-fr", 1_000);
        has("fr", "translation", "fr-zh", 1_000);
        has("fr", "dictionary", "fr-en", 30);
        has("fr", "reading", "fr-en", 1_000);
        has("fr", "secret", "fr-en", 1_000);
        MixtureRecipe plain = recipe(CROSS, 900, Sampling.TEMPERATURE, 1, 2);
        MixtureRecipe recipe = new MixtureRecipe(plain.samples(), plain.groups(), plain.sampling(), 1, plain.maxEpochs(),
                0, BelowMinimum.ERROR, Map.of("translation", 2.0, "secret", 0.0), Map.of("en-L", 3.0, "L-zh", 2.0));
        // Tasks 2 : 1 : 1 of 900, dictionary capped at 60: 840 by 2 : 1; directions of 560: 1 : 3 : 2.
        assertThat(MixturePlan.of(recipe, supply).lines())
                .extracting(line -> line.cell().task() + " " + line.cell().direction() + " " + line.samples())
                .containsExactly("dictionary fr-en 60", "reading fr-en 280", "translation en-fr 280",
                        "translation fr-en 93", "translation fr-zh 187");
    }

    /** Forty languages of 15 samples: 5 tasks and 39 other languages, of which each language can have a few only. */
    @Test
    void whatIsTooLittleForAllPartsGoesToDifferentOnesInEachLanguage() throws DataException {
        List<String> tags = IntStream.range(0, 40).mapToObj(i -> "l" + (char) ('a' + i / 8) + (char) ('a' + i % 8)).toList();
        for (String from : tags) {
            for (String to : tags) {
                if (!from.equals(to)) {
                    has(from, "pivot", from + "-" + to, 10);
                }
            }
            for (String task : List.of("a", "b", "c", "d")) {
                has(from, task, from + "-en", 390);
            }
        }
        MixturePlan plan = MixturePlan.of(recipe(CROSS, 40 * 13, Sampling.UNIMAX, 1, 2), supply);
        assertThat(plan.by(Cell::task).values()).extracting(MixturePlan.Total::samples)
                .as("samples of each task, 104 of an exact share")
                .allSatisfy(samples -> assertThat(samples).isBetween(90L, 118L));
        SortedMap<String, Long> targets = new TreeMap<>();
        plan.lines().stream().filter(line -> line.cell().task().equals("pivot")).forEach(line ->
                targets.merge(line.cell().direction().substring(4), line.samples(), Long::sum));
        long first = tags.subList(0, 20).stream().mapToLong(targets::get).sum();
        long second = tags.subList(20, 40).stream().mapToLong(targets::get).sum();
        assertThat((double) first / second).isBetween(0.6, 1.6);
    }

    @Test
    void kindsOfDirectionAreTold() {
        assertThat(new Cell(Group.CROSS_LINGUAL, "sr-Latn", "t", "sr-Latn-en").kind()).isEqualTo("L-en");
        assertThat(new Cell(Group.CROSS_LINGUAL, "sr-Latn", "t", "zh-sr-Latn").kind()).isEqualTo("zh-L");
        assertThat(new Cell(Group.CROSS_LINGUAL, "zh", "t", "en-zh").kind()).isEqualTo("en-zh");
        assertThat(new Cell(Group.CROSS_LINGUAL, "fr", "t", "fr-de").kind()).isEqualTo("L-L");
        assertThat(new Cell(Group.CHINESE, "zh", "t", "zh").kind()).isEqualTo("L");
    }
}
