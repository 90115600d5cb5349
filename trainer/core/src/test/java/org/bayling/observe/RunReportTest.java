package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;
import org.bayling.observe.RunEvent.Warned;
import org.bayling.observe.RunReport.Bars;
import org.bayling.observe.RunReport.GroupedBars;
import org.bayling.observe.RunReport.Section;
import org.bayling.observe.RunReport.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class RunReportTest {

    private static final String EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

    @TempDir
    Path directory;

    private String page(RunReport report, List<RunEvent> events) throws IOException {
        Path log = directory.resolve("log.jsonl");
        Path file = directory.resolve("report.html");
        try (RunObserver all =
                RunObservers.of(List.of(report.whenFinished(log, file), JsonlLog.open(log, 0)))) {
            for (RunEvent event : events) {
                all.on(event);
            }
        }
        return Files.readString(file);
    }

    private static List<RunEvent> run(int steps) {
        List<RunEvent> events = new ArrayList<>();
        events.add(Events.started(1, steps));
        for (int step = 1; step <= steps; step++) {
            boolean bad = step == 5;
            events.add(Events.step(step, bad ? Double.NaN : 4.0 / step, Duration.ofMillis(500), bad));
        }
        events.add(Events.evaluated(steps, 0.3456, true));
        events.add(new Warned("step 5 was skipped"));
        events.add(Events.done(steps));
        return events;
    }

    @Test
    void everyFigureOfTheRunAppears() throws IOException {
        String page = page(new RunReport("My run"), run(20));

        assertThat(page).contains(
                "<h1>My run<span class=\"badge done\">done</span></h1>",
                "Now chat with it.",
                "<b>20 / 20</b>",
                "<b>0.3456</b><span>best eval loss (step 20)</span>",
                "<b>2,000</b><span>tokens (1,000 trained)</span>",
                "<b>200</b><span>tokens a second</span>",
                "<b>1</b><span>skipped steps</span>",
                "<dt>learning_rate</dt><dd>2.0e-4</dd>",
                "step 5 was skipped",
                "<title>step 5 skipped</title>",
                "<title>evaluation at step 20: 0.3456, best so far</title>",
                "German",
                "中文");
        assertThat(page).contains("Loss by language", "Learning rate", "Gradient norm before clipping", "Evaluations");
        assertThat(page.split("<figure", -1)).hasSize(1 + 5);
        assertThat(page).doesNotContain("NaN,", "LNaN", "\"NaN\"/");
    }

    @Test
    void lossCurveHasAGapWhereALossIsNotFinite() throws IOException {
        String page = page(new RunReport("run"), run(20));

        String path = page.substring(page.indexOf("class=\"curve raw\""));
        path = path.substring(path.indexOf(" d=\"") + 4);
        path = path.substring(0, path.indexOf('"'));
        assertThat(path.chars().filter(c -> c == 'M')).hasSize(2);
        assertThat(path.chars().filter(c -> c == 'L')).hasSize(20 - 1 - 2);
    }

    @Test
    void namesOutOfDataAreEscapedEverywhere() throws IOException {
        RunReport report = new RunReport(EVIL)
                .with(new Section(
                        EVIL,
                        EVIL,
                        List.of(new GroupedBars(
                                EVIL, List.of(EVIL, "after"), 1, List.of(new Bars(EVIL, EVIL, List.of(0.1, 0.2))))),
                        Optional.of(new Table(List.of(EVIL), List.of(List.of(EVIL))))));
        GroupLoss loss = new GroupLoss(1, 1, 1);
        Map<String, GroupLoss> groups = Map.of("language/" + EVIL, loss, EVIL + "/x", loss);
        String page = page(
                report,
                List.of(
                        new Started(Path.of("run"), 1, 2, 1, Map.of(EVIL, EVIL)),
                        new Stepped(1, 0, 1, 1, 1, 1, 1, 1, Duration.ofSeconds(1), groups, EVIL, false),
                        new Stepped(2, 0, 1, 1, 1, 1, 1, 1, Duration.ofSeconds(1), groups, EVIL, false),
                        new Warned(EVIL),
                        new RunEvent.Finished(2, RunEvent.Outcome.FAILED, EVIL, Duration.ofSeconds(1))));

        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img");
        assertThat(page).doesNotContain("<script>alert", "<img");
        assertThat(page.split("<script>", -1)).hasSize(2);
    }

    @Test
    void pageIsWellFormedAndLoadsNothing() throws Exception {
        String page = page(new RunReport("run").with(languages()), run(50));

        assertThat(page).doesNotContain("http://", "https://", "@import", "url(");
        String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + "</main>".length());
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(body)));
    }

    @Test
    void barsAreSortedByTheLastSeries() throws IOException {
        String page = page(new RunReport("run").with(languages()), run(20));

        assertThat(page.indexOf("Zulu")).isLessThan(page.indexOf("Tamil"));
        assertThat(page.indexOf("Tamil")).isLessThan(page.indexOf("Icelandic"));
        assertThat(page).contains("width:81.2%", ">0.812<", ">–<");
    }

    private static Section languages() {
        return new Section(
                "Before and after",
                "Held-out items.",
                List.of(new GroupedBars(
                        "Exact match",
                        List.of("before", "after"),
                        1,
                        List.of(
                                new Bars("Icelandic", "íslenska", List.of(0.3, Double.NaN)),
                                new Bars("Tamil", "தமிழ்", List.of(0.1, 0.5)),
                                new Bars("Zulu", "isiZulu", List.of(0.0, 0.812))))),
                Optional.of(new Table(List.of("measure", "after"), List.of(List.of("exact match", "0.5")))));
    }

    @Test
    void longRunStaysASmallPage() throws IOException {
        String page = page(new RunReport("run"), run(5000));

        assertThat(page.length()).isLessThan(200_000);
    }

    @Test
    void runThatEndedBeforeItsFirstStepHasAReport() throws IOException {
        String page = page(
                new RunReport("run"),
                List.of(
                        Events.started(1, 10),
                        new RunEvent.Finished(0, RunEvent.Outcome.STOPPED, "", Duration.ofSeconds(1))));

        assertThat(page).contains("stopped", "<b>0 / 10</b>").doesNotContain("<figure");
    }

    @Test
    void rowOfAnotherSizeIsRefusedWithItsCells() {
        assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("only one"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only one");
    }
}
