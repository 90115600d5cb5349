package org.bayling.evaluation.report;

import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.report.ScoreRow.Paired;
import org.bayling.evaluation.report.ScoreRow.Value;

/**
 * Of how many scores a system is better or worse than the baseline beyond chance.
 *
 * @param better significantly
 * @param worse significantly
 * @param unclear tested without a clear difference
 */
record WinCount(int better, int worse, int unclear) {

    static WinCount of(List<ScoreRow> rows, int system) {
        int better = 0;
        int worse = 0;
        int unclear = 0;
        for (ScoreRow row : rows) {
            Optional<Paired> paired = row.values().get(system).flatMap(Value::comparison);
            if (paired.isPresent() && paired.get().pValue().isPresent()) {
                double gain = row.metric().gain(0, paired.get().difference());
                boolean clear = paired.get().significant() && gain != 0;
                better += clear && gain > 0 ? 1 : 0;
                worse += clear && gain < 0 ? 1 : 0;
                unclear += clear ? 0 : 1;
            }
        }
        return new WinCount(better, worse, unclear);
    }

    boolean tested() {
        return better + worse + unclear > 0;
    }
}
