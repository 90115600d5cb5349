package org.bayling.corpus.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bayling.data.CorpusManifest;
import org.bayling.observe.Html;

/** The parts of the page that show what samples are made of. */
final class ContentParts {
    private static final int MOST_CHARACTERS = 1500;

    private final StringBuilder html;
    private final CorpusManifest manifest;
    private final JsonNode statistics;

    ContentParts(StringBuilder html, CorpusManifest manifest, JsonNode statistics) {
        this.html = html;
        this.manifest = manifest;
        this.statistics = statistics;
    }

    void sources() {
        begin("Sources", "");
        html.append("<table><tr><th>source</th><th>licence</th><th class=\"n\">items read</th>")
                .append("<th class=\"n\">items kept</th></tr>");
        for (JsonNode source : manifest.json().path("sources")) {
            html.append("<tr><td>").append(text(source, "id")).append("</td><td>").append(text(source, "licence"))
                    .append("</td><td class=\"n\">").append(MixtureParts.count(source.path("items_read").asLong()))
                    .append("</td><td class=\"n\">").append(MixtureParts.count(source.path("items_kept").asLong()))
                    .append("</td></tr>");
        }
        html.append("</table>");
        end();
    }

    void lengths() {
        begin("Lengths", "Samples by the characters of all their messages.");
        html.append("<div class=\"scroll\"><table><tr><th>task</th><th>characters</th><th class=\"n\">samples</th><th></th></tr>");
        for (Map.Entry<String, JsonNode> task : statistics.path("lengths").properties()) {
            long most = 1;
            for (JsonNode count : task.getValue()) {
                most = Math.max(most, count.asLong());
            }
            String name = Html.text(task.getKey());
            for (int power = 0; power < task.getValue().size(); power++) {
                long count = task.getValue().get(power).asLong();
                if (count > 0) {
                    html.append("<tr><td>").append(name).append("</td><td>").append(range(power))
                            .append("</td><td class=\"n\">").append(MixtureParts.count(count))
                            .append("</td><td><span class=\"bar\" style=\"width:")
                            .append(Html.number(Math.max(1, 300.0 * count / most))).append("px\"></span></td></tr>");
                    name = "";
                }
            }
        }
        html.append("</table></div>");
        end();
    }

    private static String range(int power) {
        return power == 0 ? "0" : MixtureParts.count(1L << (power - 1)) + " to " + MixtureParts.count((1L << power) - 1);
    }

    void filters() {
        begin("What the filters removed", "Items, or one side of them; open a line for examples.");
        if (statistics.path("filters").isEmpty()) {
            html.append("<p>Nothing.</p>");
        }
        Map<String, Long> totals = new TreeMap<>();
        statistics.path("filters").forEach(row ->
                totals.merge(row.path("filter").asText(), row.path("removed").asLong(), Long::sum));
        totals.forEach((filter, total) -> {
            html.append("<details><summary>").append(Html.text(filter)).append(": ").append(MixtureParts.count(total))
                    .append("</summary><div class=\"scroll\"><table><tr><th>language</th><th class=\"n\">removed</th>")
                    .append("<th>source, item</th><th>reason</th><th>text</th></tr>");
            statistics.path("filters").forEach(row -> {
                if (row.path("filter").asText().equals(filter)) {
                    losses(row);
                }
            });
            html.append("</table></div></details>");
        });
        end();
    }

    private void losses(JsonNode row) {
        html.append("<tr><td>").append(text(row, "language")).append("</td><td class=\"n\">")
                .append(MixtureParts.count(row.path("removed").asLong())).append("</td><td></td><td></td><td></td></tr>");
        for (JsonNode example : row.path("examples")) {
            html.append("<tr><td></td><td></td><td>").append(text(example, "source")).append(' ')
                    .append(text(example, "item")).append("</td><td>").append(text(example, "reason"))
                    .append("</td><td class=\"text\" dir=\"auto\">").append(text(example, "text")).append("</td></tr>");
        }
    }

    void scripts() {
        begin("Scripts", "In which scripts the letters of each language are, of the beginning of each text.");
        html.append("<div class=\"scroll\"><table><tr><th>language</th><th>name</th><th>script</th><th>letters found</th></tr>");
        for (Map.Entry<String, JsonNode> language : statistics.path("scripts").properties()) {
            JsonNode known = statistics.path("languages").path(language.getKey());
            long all = 0;
            for (JsonNode count : language.getValue()) {
                all += count.asLong();
            }
            long sum = Math.max(1, all);
            String found = language.getValue().properties().stream()
                    .sorted((a, b) -> Long.compare(b.getValue().asLong(), a.getValue().asLong()))
                    .limit(5)
                    .map(e -> e.getKey() + String.format(Locale.ROOT, " %.1f%%", 100.0 * e.getValue().asLong() / sum))
                    .collect(Collectors.joining(", "));
            html.append("<tr><td>").append(Html.text(language.getKey())).append("</td><td>")
                    .append(text(known, "name"))
                    .append("</td><td>")
                    .append(text(known, "script"))
                    .append("</td><td>").append(Html.text(found)).append("</td></tr>");
        }
        html.append("</table></div>");
        end();
    }

    void templates() {
        begin("Frames", "How many different frames each task uses, and the least and most used of them.");
        html.append("<table><tr><th>task</th><th class=\"n\">frames</th><th class=\"n\">least samples</th>")
                .append("<th class=\"n\">most samples</th></tr>");
        for (Map.Entry<String, JsonNode> task : statistics.path("templates").properties()) {
            long least = Long.MAX_VALUE;
            long most = 0;
            for (JsonNode count : task.getValue()) {
                least = Math.min(least, count.asLong());
                most = Math.max(most, count.asLong());
            }
            html.append("<tr><td>").append(Html.text(task.getKey())).append("</td><td class=\"n\">")
                    .append(task.getValue().size()).append("</td><td class=\"n\">").append(MixtureParts.count(least))
                    .append("</td><td class=\"n\">").append(MixtureParts.count(most)).append("</td></tr>");
        }
        html.append("</table>");
        end();
    }

    void browser(List<JsonNode> samples) {
        html.append("<section class=\"card\" id=\"browser\"><h2>Samples</h2>");
        for (String field : List.of("language", "task", "direction")) {
            SortedSet<String> values = samples.stream()
                    .map(sample -> sample.path(field).asText())
                    .collect(Collectors.toCollection(TreeSet::new));
            html.append("<select name=\"").append(field).append("\"><option value=\"\">every ").append(field)
                    .append("</option>");
            values.forEach(value -> html.append("<option>").append(Html.text(value)).append("</option>"));
            html.append("</select>");
        }
        samples.forEach(this::sample);
        end();
    }

    private void sample(JsonNode sample) {
        html.append("<details data-language=\"").append(text(sample, "language")).append("\" data-task=\"")
                .append(text(sample, "task")).append("\" data-direction=\"").append(text(sample, "direction"))
                .append("\"><summary>").append(text(sample, "direction")).append(' ').append(text(sample, "task"))
                .append(" <span class=\"muted\">").append(text(sample, "template")).append(' ')
                .append(text(sample, "source")).append(' ').append(text(sample, "item")).append("</span></summary>");
        for (JsonNode message : sample.path("messages")) {
            String content = message.path("content").asText();
            boolean whole = content.length() <= MOST_CHARACTERS;
            html.append("<div dir=\"auto\" class=\"turn ").append(text(message, "role")).append("\">")
                    .append(Html.text(whole ? content : content.substring(0, MOST_CHARACTERS) + "..."))
                    .append("</div>");
        }
        html.append("</details>\n");
    }

    private void begin(String title, String note) {
        html.append("<section class=\"card\"><h2>").append(title).append("</h2><p class=\"muted\">").append(note)
                .append("</p>");
    }

    private void end() {
        html.append("</section>\n");
    }

    private static String text(JsonNode node, String field) {
        return Html.text(node.path(field).asText());
    }
}
