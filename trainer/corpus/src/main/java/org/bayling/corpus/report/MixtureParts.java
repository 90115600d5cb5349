package org.bayling.corpus.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.bayling.corpus.mixture.Cell;
import org.bayling.data.CorpusManifest;
import org.bayling.observe.Html;

/** The parts of the page that show what the corpus is mixed of. */
final class MixtureParts {
    private final StringBuilder html;
    private final CorpusManifest manifest;
    private final SortedMap<Cell, long[]> plan;
    private final JsonNode languages;

    /**
     * @param plan figures of each cell: candidates, samples planned and realised, characters
     * @param languages by tag, each with its {@code name}
     */
    MixtureParts(
            StringBuilder html, CorpusManifest manifest, SortedMap<Cell, long[]> plan, JsonNode languages) {
        this.html = html;
        this.manifest = manifest;
        this.plan = plan;
        this.languages = languages;
    }

    /** Sums of cells. */
    private static final class Total {
        private long candidates;
        private long planned;
        private long realised;
        private long characters;

        void add(long[] figures) {
            candidates += figures[0];
            planned += figures[1];
            realised += figures[2];
            characters += figures[3];
        }
    }

    void header(String title) {
        long characters = totals(Cell::group).values().stream().mapToLong(total -> total.characters).sum();
        html.append("<h1>").append(Html.text(title)).append("</h1><p class=\"muted\">recipe ")
                .append(Html.text(shortened(manifest.json().path("recipe_sha256").asText()))).append(", inputs ")
                .append(Html.text(shortened(manifest.json().path("inputs_sha256").asText()))).append("</p><div class=\"tiles\">");
        tile(manifest.samples(), "samples");
        tile(manifest.json().path("languages").size(), "languages");
        tile(manifest.json().path("tasks").size(), "tasks");
        tile(manifest.json().path("directions").size(), "directions");
        tile(characters, "characters");
        tile(manifest.shards().size(), "shards");
        html.append("</div>\n");
    }

    private void tile(long number, String what) {
        html.append("<div class=\"tile\"><b>").append(count(number)).append("</b><span>").append(what).append("</span></div>");
    }

    void groups() {
        html.append("<section class=\"card\"><h2>Shares, planned and realised</h2>")
                .append("<p class=\"muted\">Of the two bars the upper one is planned, the lower one realised.</p>");
        shares(cell -> cell.group().label(), "group");
        shares(Cell::task, "task");
        html.append("</section>\n");
    }

    private void shares(Function<Cell, String> property, String title) {
        SortedMap<String, Total> totals = totals(property);
        html.append("<table><tr><th>").append(title).append("</th><th class=\"n\">planned</th><th class=\"n\">realised</th>")
                .append("<th class=\"n\">share planned</th><th class=\"n\">share realised</th>")
                .append("<th class=\"n\">candidates</th><th class=\"n\">epochs</th><th></th></tr>");
        totals.forEach((name, total) -> {
            html.append("<tr><td>").append(Html.text(name)).append("</td>");
            number(count(total.planned));
            number(count(total.realised));
            number(percent(total.planned));
            number(percent(total.realised));
            number(count(total.candidates));
            number(epochs(total));
            html.append("<td><span class=\"bar planned\" style=\"width:").append(width(total.planned))
                    .append("px\"></span><br><span class=\"bar\" style=\"width:").append(width(total.realised))
                    .append("px\"></span></td></tr>");
        });
        html.append("</table>");
    }

    private String width(long samples) {
        return Html.number(Math.max(1, 240.0 * samples / manifest.samples()));
    }

    /** A row for each language, the more samples the deeper the colour, on a logarithmic scale. */
    void heatMap() {
        SortedSet<String> tasks = new TreeSet<>();
        SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
        plan.forEach((cell, figures) -> {
            long realised = figures[2];
            if (realised > 0) {
                tasks.add(cell.task());
                counts.computeIfAbsent(cell.language(), l -> new TreeMap<>()).merge(cell.task(), realised, Long::sum);
            }
        });
        long most = counts.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        SortedMap<String, Total> totals = totals(Cell::language);
        html.append("<section class=\"card\"><h2>Languages and tasks</h2><div class=\"scroll\"><table><tr><th>language</th>")
                .append("<th>name</th><th class=\"n\">planned</th><th class=\"n\">realised</th><th class=\"n\">share</th>")
                .append("<th class=\"n\">epochs</th>");
        tasks.forEach(task -> html.append("<th class=\"n\">").append(Html.text(task)).append("</th>"));
        html.append("</tr>");
        counts.forEach((language, row) -> {
            Total total = totals.get(language);
            html.append("<tr><td>").append(Html.text(language)).append("</td><td>")
                    .append(Html.text(languages.path(language).path("name").asText())).append("</td>");
            number(count(total.planned));
            number(count(total.realised));
            number(percent(total.realised));
            number(epochs(total));
            tasks.forEach(task -> heat(row.getOrDefault(task, 0L), most));
            html.append("</tr>");
        });
        html.append("</table></div></section>\n");
    }

    private void heat(long samples, long most) {
        if (samples == 0) {
            html.append("<td class=\"heat\"></td>");
            return;
        }
        double depth = 0.06 + 0.74 * Math.log1p(samples) / Math.log1p(most);
        html.append("<td class=\"heat\" style=\"background:rgba(var(--heat),").append(Html.number(depth)).append(")\">")
                .append(count(samples)).append("</td>");
    }

    private <K extends Comparable<K>> SortedMap<K, Total> totals(Function<Cell, K> property) {
        SortedMap<K, Total> totals = new TreeMap<>();
        plan.forEach((cell, figures) ->
                totals.computeIfAbsent(property.apply(cell), name -> new Total()).add(figures));
        return totals;
    }

    private void number(String text) {
        html.append("<td class=\"n\">").append(text).append("</td>");
    }

    private String percent(long samples) {
        return String.format(Locale.ROOT, "%.3f%%", 100.0 * samples / manifest.samples());
    }

    private static String epochs(Total total) {
        return String.format(Locale.ROOT, "%.2f", total.candidates == 0 ? 0 : total.realised / (double) total.candidates);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
