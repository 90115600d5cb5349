package org.bayling.evaluation.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is right, by which metric, and how sure that is. */
class ChoiceReportTest {
    private static final double EXACT = 1e-12;

    @Test
    void metricsDivideByCharactersAndBytesOrSubtractWhatIsLikelyAnyway() {
        ChoiceItem item = item("x", List.of("abcd", "日本語", "ab"), 0);
        ItemScores scores = new ItemScores(new double[] {-4, -3.3, -3}, new double[] {-1, -6, -1});
        assertThat(ChoiceMetric.ACC.chosen(item, scores)).isEqualTo(2);
        assertThat(ChoiceMetric.ACC_NORM.chosen(item, scores)).isEqualTo(0); // -1, -1.1, -1.5
        assertThat(ChoiceMetric.ACC_BYTES.chosen(item, scores)).isEqualTo(1); // -1, -0.37, -1.5
        assertThat(ChoiceMetric.ACC_MUTUAL_INFO.chosen(item, scores)).isEqualTo(1); // -3, 2.7, -2
    }

    @Test
    void charactersAreCodePoints() {
        ChoiceItem item = item("x", List.of("𝕒𝕓", "abc"), 0);
        assertThat(ChoiceMetric.ACC_NORM.chosen(item, new ItemScores(new double[] {-2, -2.4}, new double[0])))
                .isEqualTo(1);
    }

    @Test
    void tiesGoToTheFirst() {
        ChoiceItem item = item("x", List.of("a", "b", "c"), 0);
        assertThat(ChoiceMetric.ACC.chosen(item, new ItemScores(new double[] {-2, -1, -1}, new double[0])))
                .isEqualTo(1);
    }

    @Test
    void theStandardErrorIsThatOfAMean() {
        // numpy: std([1,1,1,0], ddof=1) / sqrt(4) = 0.25
        ChoiceReport.Value value = ChoiceReport.Value.of(3, 4);
        assertThat(value.mean()).isEqualTo(0.75);
        assertThat(value.stderr().orElseThrow()).isEqualTo(0.25, offset(EXACT));
        assertThat(ChoiceReport.Value.of(1, 1).stderr()).isEmpty();
    }

    @Test
    void groupsWeighTheirPartsBySizeAndPoolTheirErrors() {
        ChoiceReport.Value few = ChoiceReport.Value.of(3, 4);
        ChoiceReport.Value many = ChoiceReport.Value.of(2, 10);
        ChoiceReport.Value pooled = ChoiceReport.Value.pooled(List.of(few, many), List.of(4, 10));
        assertThat(pooled.mean()).isEqualTo(5.0 / 14, offset(EXACT));
        // Variances 0.25 and 8/45: (3 x 0.25 + 9 x 8/45) / 12 = 2.35 / 12.
        assertThat(pooled.stderr().orElseThrow()).isEqualTo(Math.sqrt(2.35 / 12 / 14), offset(EXACT));
    }

    @Test
    void aTableListsGroupsBeforeTheirParts() {
        List<ScoredItem> items = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            items.add(scored("et", i < 3));
            items.add(scored("zh", i < 2));
        }
        ChoiceReport report = ChoiceReport.of("xcopa", 0, List.of(ChoiceMetric.ACC, ChoiceMetric.ACC_NORM), items);
        assertThat(ChoiceTable.markdown(report))
                .startsWith(
                        "|Tasks      |Version|Filter|n-shot|Metric  |   | Value|   |Stderr|",
                        "|-----------|------:|------|-----:|--------|---|-----:|---|-----:|",
                        "|xcopa      |      1|none  |     0|acc     |↑  |0.6250|±  |0.1909|",
                        "|           |       |none  |     0|acc_norm|↑  |0.6250|±  |0.1909|",
                        "| - xcopa_et|      1|none  |     0|acc     |↑  |0.7500|±  |0.2500|");
        assertThat(ChoiceTable.json(report).at("/results/xcopa_zh/acc,none").doubleValue()).isEqualTo(0.5);
        assertThat(ChoiceTable.json(report).at("/groups/xcopa/acc,none").doubleValue()).isEqualTo(0.625);
        assertThat(ChoiceTable.csv(report)).contains("xcopa_et,false,4,0,acc,0.75,0.25");
    }

    @Test
    void subjectsArePartsOfTheirLanguage() {
        List<ScoredItem> items = List.of(
                scored("de", Optional.of("law"), true),
                scored("de", Optional.of("art"), false),
                scored("fr", Optional.of("law"), true));
        ChoiceReport report = ChoiceReport.of("global_mmlu", 0, List.of(ChoiceMetric.ACC), items);
        assertThat(report.rows())
                .extracting(ChoiceReport.Row::name)
                .containsExactly(
                        "global_mmlu",
                        "global_mmlu_de",
                        "global_mmlu_de_law",
                        "global_mmlu_de_art",
                        "global_mmlu_fr_law");
        assertThat(report.rows().get(2).subject()).contains("law");
        assertThat(report.rows().get(4).subject()).isEmpty(); // all that the language has
    }

    private static ScoredItem scored(String language, boolean right) {
        return scored(language, Optional.empty(), right);
    }

    private static ScoredItem scored(String language, Optional<String> subject, boolean right) {
        ChoiceItem item = new ChoiceItem(
                "here",
                language,
                subject,
                "",
                List.of(),
                item(language, List.of("a", "b"), 0).options(),
                right ? 0 : 1);
        return new ScoredItem(item, new ItemScores(new double[] {-1, -2}, new double[0]));
    }

    private static ChoiceItem item(String language, List<String> choices, int gold) {
        return new ChoiceItem(
                "here",
                language,
                Optional.empty(),
                "",
                List.of(),
                choices.stream().map(choice -> ChoiceItem.Option.of("c", choice)).toList(),
                gold);
    }
}
