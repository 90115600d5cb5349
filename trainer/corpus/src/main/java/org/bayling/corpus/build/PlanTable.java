package org.bayling.corpus.build;

import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.observe.TextTable;

/**
 * A plan for a person: by group, by task, by kind of direction, by language. Characters stand for tokens, which depend on a
 * tokenizer: {@code bayling-train plan} counts those of a run.
 */
public final class PlanTable {
    private PlanTable() {}

    /** Four tables under each other. */
    public static String of(MixturePlan plan) {
        return table(plan, "group", cell -> cell.group().label())
                + "\n" + table(plan, "task", Cell::task)
                + "\n" + table(plan, "direction", Cell::kind)
                + "\n" + table(plan, "group and language", cell -> cell.group().label() + " " + cell.language());
    }

    private static String table(MixturePlan plan, String title, Function<Cell, String> property) {
        TextTable table = TextTable.of(title, ">samples", ">share", ">candidates", ">epochs", ">characters");
        SortedMap<String, MixturePlan.Total> totals = plan.by(property);
        totals.forEach((name, total) -> table.row(
                name,
                String.format(Locale.ROOT, "%,d", total.samples()),
                String.format(Locale.ROOT, "%.2f%%", 100.0 * total.samples() / plan.samples()),
                String.format(Locale.ROOT, "%,d", total.candidates()),
                String.format(Locale.ROOT, "%.2f", total.epochs()),
                String.format(Locale.ROOT, "%,d", total.characters())));
        return table.toString();
    }
}
