package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.evaluation.report.ScoreRow.Value;
import org.bayling.observe.TextTable;

/**
 * The rule that some languages must not have become worse: every score of them, as the language asked in or as a side of
 * a direction, against the baseline's.
 *
 * @param languages that are guarded, as they were asked for
 * @param tolerance points that a score may be worse by
 * @param checked how many comparisons were made
 * @param losses those that lost more than the tolerance
 */
public record RegressionGuard(List<String> languages, double tolerance, int checked, List<Loss> losses) {
    /** What subtraction of two equal decimal fractions may leave. */
    private static final double ROUNDING = 1e-9;

    public RegressionGuard {
        languages = List.copyOf(languages);
        losses = List.copyOf(losses);
    }

    /**
     * A score that became worse than it may.
     *
     * @param measured task, direction or language, and metric
     * @param system that lost
     * @param baseline points before
     * @param points points now
     * @param lost how many points worse, always positive
     */
    public record Loss(String measured, String system, String baseline, String points, String lost) {}

    /**
     * Checks every system of a report against its baseline.
     *
     * @param languages codes or names in any form that the registry knows
     * @throws DataException when a language has no score, or one that only some systems have: what was not measured
     *     cannot be said not to have lost
     * @throws org.bayling.corpus.UnknownLanguageException for a word that is no language
     */
    public static RegressionGuard check(
            EvaluationReport report, List<String> languages, double tolerance, LanguageRegistry registry)
            throws DataException {
        if (report.names().size() < 2) {
            throw new DataException("nothing to compare with: the guard needs a baseline and another system");
        }
        Set<String> tags = new TreeSet<>();
        for (String language : languages) {
            String tag = registry.require(language).tag();
            tags.add(tag);
            if (report.rows().stream().noneMatch(row -> of(row, Set.of(tag)))) {
                throw new DataException("there is no score of '" + language + "' (" + tag + ") in "
                        + report.systems().get(0).folders() + " or what it is compared with; evaluate that language too");
            }
        }
        List<Loss> losses = new ArrayList<>();
        int checked = 0;
        for (ScoreRow row : report.rows()) {
            if (of(row, tags)) {
                checked += row.values().size() - 1;
                losses.addAll(losses(row, report.names(), tolerance));
            }
        }
        return new RegressionGuard(languages, tolerance, checked, losses);
    }

    private static boolean of(ScoreRow row, Set<String> tags) {
        return row.language().map(LanguageTraits::tag).filter(tags::contains).isPresent()
                || row.source().map(LanguageTraits::tag).filter(tags::contains).isPresent();
    }

    private static List<Loss> losses(ScoreRow row, List<String> names, double tolerance) throws DataException {
        List<Loss> losses = new ArrayList<>();
        double baseline = points(row, 0, names);
        for (int system = 1; system < names.size(); system++) {
            double points = points(row, system, names);
            double lost = -row.metric().gain(baseline, points);
            if (lost > tolerance + ROUNDING) {
                losses.add(new Loss(
                        row.key().toString(),
                        names.get(system),
                        row.metric().format(baseline),
                        row.metric().format(points),
                        row.metric().formatFine(lost)));
            }
        }
        return losses;
    }

    private static double points(ScoreRow row, int system, List<String> names) throws DataException {
        Optional<Value> value = row.values().get(system);
        if (value.isEmpty()) {
            throw new DataException(
                    names.get(system) + " has no score of " + row.key() + ", so it cannot be guarded; evaluate it too");
        }
        if (!Double.isFinite(value.get().points())) {
            throw new DataException(names.get(system) + ": the score of " + row.key() + " is "
                    + value.get().points() + ", so it cannot be guarded");
        }
        return value.get().points();
    }

    /** Whether nothing lost more than it may. */
    public boolean passed() {
        return losses.isEmpty();
    }

    /** One sentence. */
    public String verdict() {
        String words = String.join(", ", languages);
        String of = checked + (checked == 1 ? " score of " : " scores of ") + words;
        return passed()
                ? "none of " + of + " lost more than " + tolerance + " points"
                : losses.size() + " of " + of + " lost more than " + tolerance + " points";
    }

    /** The losses as a table for a terminal; no lines where there are none. */
    public List<String> lines() {
        if (passed()) {
            return List.of();
        }
        TextTable table = TextTable.of("lost", "system", ">baseline", ">now", ">points worse");
        losses.forEach(loss -> table.row(loss.measured(), loss.system(), loss.baseline(), loss.points(), loss.lost()));
        return table.lines();
    }
}
