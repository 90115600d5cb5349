package org.bayling.evaluation.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bayling.evaluation.scoring.ScoreReport.ScoredMetric;
import org.bayling.evaluation.scoring.ScoreReport.ScoredSystem;
import org.bayling.evaluation.translation.FixedDecimals;
import org.bayling.evaluation.translation.MetricScore;
import org.bayling.observe.TextTable;

/**
 * A report for people: for one system sacreBLEU's lines, for several a table.
 *
 * @param decimals of scores
 * @param shortSignatures with sacreBLEU's short keys
 * @param scoreOnly only the number
 */
public record ScoreText(int decimals, boolean shortSignatures, boolean scoreOnly) {

    /** The lines of the report. */
    public List<String> lines(ScoreReport report) {
        if (report.systems().size() > 1) {
            return table(report);
        }
        ScoredSystem system = report.systems().get(0);
        if (scoreOnly) {
            return system.metrics().stream()
                    .map(scored -> number(scored.score().score()) + estimate(scored, true))
                    .toList();
        }
        List<String> names = system.metrics().stream()
                .map(scored -> scored.metric().name() + "|" + signature(scored))
                .toList();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ScoredMetric scored = system.metrics().get(i);
            lines.add(" ".repeat(width - names.get(i).length()) + names.get(i) + " = "
                    + number(scored.score().score()) + estimate(scored, true) + verbose(scored.score()));
        }
        lines.add("outputs: " + outputs(system.outputs()));
        return lines;
    }

    /** A sentence's score in the same grammar. */
    public String sentence(ScoredMetric scored) {
        String value = number(scored.score().score());
        return scoreOnly
                ? value
                : scored.metric().name() + "|" + signature(scored) + " = " + value + verbose(scored.score());
    }

    private List<String> table(ScoreReport report) {
        List<ScoredMetric> metrics = report.systems().get(0).metrics();
        List<String> titles = new ArrayList<>(List.of("system"));
        metrics.forEach(scored ->
                titles.add(">" + scored.metric().name() + (scored.estimate().isPresent() ? " (μ ± 95% CI)" : "")));
        TextTable table = TextTable.of(titles.toArray(String[]::new));
        for (int i = 0; i < report.systems().size(); i++) {
            ScoredSystem system = report.systems().get(i);
            List<Object> cells = new ArrayList<>();
            cells.add((i == 0 && report.hasBaseline() ? "Baseline: " : "") + system.name());
            system.metrics().forEach(scored -> cells.add(cell(scored)));
            table.row(cells.toArray());
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (report.hasBaseline()) {
            lines.add("* p <= 0.05: a difference to the baseline that is this large would rarely be chance.");
        }
        if (!scoreOnly) {
            lines.add("");
            metrics.forEach(scored -> lines.add(
                    String.format(Locale.ROOT, "%-8s ", scored.metric().name()) + signature(scored)));
            report.systems()
                    .forEach(system -> lines.add("outputs of " + system.name() + ": " + outputs(system.outputs())));
        }
        return lines;
    }

    private String cell(ScoredMetric scored) {
        String text = number(scored.score().score()) + estimate(scored, false);
        if (scored.pValue().isPresent()) {
            text += " (p = " + FixedDecimals.format(scored.pValue().getAsDouble(), 4) + ")"
                    + (scored.significant() ? "*" : " ");
        }
        return text;
    }

    private String estimate(ScoredMetric scored, boolean named) {
        return scored.estimate()
                .map(estimate -> " (" + (named ? "μ = " : "") + number(estimate.mean()) + " ± "
                        + number(estimate.halfWidth()) + ")")
                .orElse("");
    }

    private String signature(ScoredMetric scored) {
        return scored.metric().signature(scored.context(), shortSignatures);
    }

    private static String verbose(MetricScore score) {
        return score.verbose().isEmpty() ? "" : " " + score.verbose();
    }

    private String number(double value) {
        return FixedDecimals.format(value, decimals);
    }

    private static String outputs(OutputCounts counts) {
        StringBuilder text = new StringBuilder();
        text.append(counts.segments()).append(counts.segments() == 1 ? " segment, " : " segments, ");
        text.append(counts.empty()).append(" empty, ").append(counts.overlong()).append(" overlong");
        counts.copied().ifPresent(copied -> text.append(", ").append(copied).append(" copied from the source"));
        counts.language().ifPresent(language -> text.append(", ")
                .append(FixedDecimals.format(language.correctness(), 1))
                .append("% in the asked language (")
                .append(language.wrong())
                .append(" in another, ")
                .append(language.unknown())
                .append(" cannot be told; by ")
                .append(language.method())
                .append(')'));
        return text.toString();
    }
}
