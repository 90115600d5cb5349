package org.bayling.corpus.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.data.CorpusManifest;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.observe.Html;

/**
 * {@code report.html} of a corpus: languages by tasks, shares planned and realised, lengths, losses of the filters,
 * scripts, and samples to look at. Everything from the corpus is escaped, and the page can load nothing.
 */
public final class CorpusReport {
    private CorpusReport() {}

    /**
     * Writes the page, replacing an older one.
     *
     * @throws IOException when the folder is no sound corpus
     */
    public static void write(Path corpus, Path page) throws IOException {
        CorpusManifest manifest = CorpusManifest.read(corpus);
        ObjectMapper json = new ObjectMapper();
        SortedMap<Cell, long[]> plan =
                CellTable.read(json.readTree(corpus.resolve("plan.json").toFile()).path("cells"));
        JsonNode statistics = json.readTree(corpus.resolve("statistics.json").toFile());
        List<JsonNode> samples = SampleChoice.of(manifest, SampleChoice.EACH, sample -> true);
        String title = corpus.toAbsolutePath().normalize().getFileName().toString();
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .append(" style-src 'unsafe-inline'; script-src 'unsafe-inline'\"><title>")
                .append(Html.text(title)).append("</title>\n<style>\n").append(resource("report.css"))
                .append("</style></head>\n<body><main>\n");
        MixtureParts mixture = new MixtureParts(html, manifest, plan, statistics.path("languages"));
        mixture.header(title);
        mixture.groups();
        mixture.heatMap();
        ContentParts content = new ContentParts(html, manifest, statistics);
        content.sources();
        content.lengths();
        content.filters();
        content.scripts();
        content.templates();
        content.browser(samples);
        html.append("</main>\n<script>\n").append(resource("report.js")).append("</script></body></html>\n");
        AtomicFile.write(page, html.toString(), FaultPoint.NONE);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CorpusReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the program; build or install it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
