package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bayling.data.DataSettings.alpaca;
import static org.bayling.data.DataSettings.atMost;
import static org.bayling.data.DataSettings.batches;
import static org.bayling.data.DataSettings.dataset;
import static org.bayling.data.DataSettings.inLanguage;
import static org.bayling.data.DataSettings.weighted;
import static org.bayling.data.DataSettings.withColumns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bayling.config.BatchConfig;
import org.bayling.config.DataConfig;
import org.bayling.config.DataConfig.Format;
import org.bayling.config.DataConfig.Overlong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
    private static final long SEED = 42;

    @TempDir
    Path folder;

    private Path alpacaFile(String name, int rows, String prefix) throws IOException {
        return Files.write(
                folder.resolve(name),
                IntStream.range(0, rows)
                        .mapToObj(i -> "{\"instruction\":\"" + prefix + i + "\",\"output\":\"" + "x".repeat(i % 17 + 1)
                                + "\",\"language\":\"" + (i % 3 == 0 ? "cy" : "no") + "\"}")
                        .toList());
    }

    private Path lines(String name, String... rows) throws IOException {
        return Files.write(folder.resolve(name), Stream.of(rows).map(row -> row.replace('\'', '"')).toList());
    }

    private TrainingData open(DataSettings settings, BatchConfig batch, long seed, int threads) throws IOException {
        return TrainingData.open(
                settings.config(), batch, seed, new LetterEncoder(), folder.resolve("cache"), threads, ReadProgress.NONE);
    }

    private TrainingData open(DataSettings settings) throws IOException {
        return open(settings, batches(1, 1), SEED, 2);
    }

    private static List<Long> ids(List<Batch> step) {
        return step.stream().flatMap(batch -> java.util.Arrays.stream(batch.samples()).boxed()).toList();
    }

    /** Everything that a step holds, comparable. */
    private static String content(List<Batch> step) {
        StringBuilder text = new StringBuilder();
        for (Batch batch : step) {
            text.append(List.of(
                    java.util.Arrays.toString(batch.tokens()),
                    java.util.Arrays.toString(batch.labels()),
                    java.util.Arrays.toString(batch.starts()),
                    java.util.Arrays.toString(batch.groups()),
                    java.util.Arrays.toString(batch.samples()),
                    java.util.Arrays.toString(batch.trainedBytes())));
        }
        return text.toString();
    }

    @Test
    void labelsAreShiftedInsideEachDocumentAndItsLastTokenHasNone() throws IOException {
        Path file = lines("a.jsonl", "{'instruction':'hi','output':'né'}", "{'instruction':'hi','output':'né'}");
        try (TrainingData data = open(DataSettings.of(alpaca("a", file)), batches(2, 1), SEED, 1);
                BatchStream train = data.train()) {
            Batch batch = train.step(0).get(0);

            int u = Batch.UNTRAINED;
            assertThat(batch.starts()).containsExactly(0, 8, 16);
            assertThat(LetterEncoder.text(batch, 0)).isEqualTo("<user>hi|<assistant>né|");
            int[] labels = {u, u, u, u, 10 + 'n', 10 + 'é', LetterEncoder.STOP, u};
            assertThat(batch.labels()).startsWith(labels).endsWith(labels);
            assertThat(batch.trainedBytes()).containsExactly(3, 3);
            assertThat(batch.trainedTokens()).isEqualTo(6);
        }
    }

    @Test
    void theSameDialogueInAllFormatsAndFilesGivesEqualIds() throws IOException {
        String turns = "{'%1$s':'%2$s','%3$s':'hi'},{'%1$s':'%4$s','%3$s':'ho'}";
        List<DataConfig.Dataset> datasets = List.of(
                alpaca("a", lines("a.jsonl", "{'instruction':'hi','output':'ho'}")),
                dataset(Format.SHAREGPT, "s", lines("s.json",
                        "[{'conversations':[" + turns.formatted("from", "human", "value", "gpt") + "]}]")),
                dataset(Format.MESSAGES, "m", lines("m.jsonl",
                        "{'messages':[" + turns.formatted("role", "user", "content", "assistant") + "]}")),
                dataset(Format.PROMPT_COMPLETION, "p", lines("p.csv", "prompt,completion", "hi,ho")));
        for (DataConfig.Dataset dataset : datasets) {
            try (TrainingData data = open(DataSettings.of(dataset));
                    BatchStream train = data.train()) {
                assertThat(LetterEncoder.text(train.step(0).get(0), 0)).as(dataset.name())
                        .isEqualTo("<user>hi|<assistant>ho|");
            }
        }
    }

    @Test
    void badRowsWithinTheLimitAreLeftOutAndReported() throws IOException {
        Path file = lines("a.jsonl",
                "{'instruction':'hi','output':'ho'}", "{'instruction':'hi'", "{'instruction':'hi','output':''}",
                "{'instruction':'refuse me','output':'x'}", "{'instruction':'hi','output':'hu'}");
        DataSettings settings = DataSettings.of(alpaca("a", file)).maxBadRows(3);
        try (TrainingData data = open(settings)) {
            assertThat(data.report().total().rows()).isEqualTo(5);
            assertThat(data.report().total("a").used()).isEqualTo(2);
            assertThat(data.report().total("a").bad()).isEqualTo(3);
            assertThat(data.report().badRows().stream().map(row -> row.origin().number())).containsExactly(2L, 3L, 4L);
            assertThat(data.report().badCounts()).containsEntry(BadRow.Reason.EMPTY_ANSWER, 1L).hasSize(3);
        }
        // The second time the rows come out of the cache, and the limit holds for them all the same.
        for (String cache : List.of("cache", "fresh")) {
            assertThatThrownBy(() -> TrainingData.open(
                            settings.maxBadRows(2).config(), batches(1, 1), SEED, new LetterEncoder(),
                            folder.resolve(cache), 2, ReadProgress.NONE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("max_bad_rows: 2")
                    .hasMessageContaining(file + ":2: not JSON")
                    .hasMessageContaining(file + ":3: empty answer")
                    .hasMessageContaining(file + ":4: refused by the chat template: Conversation roles must alternate");
        }
        assertThat(folder.resolve("fresh")).isEmptyDirectory();
    }

    @Test
    void overlongRowsAreCutOrDroppedOrRefused() throws IOException {
        Path file = lines("a.jsonl",
                "{'instruction':'hi','output':'0123456789','language':'cy'}", // 16 tokens
                "{'instruction':'a long question','output':'ho','language':'no'}", // 21 tokens, the answer behind 10
                "{'instruction':'hi','output':'ho'}");
        DataSettings settings = DataSettings.of(alpaca("a", file));
        try (TrainingData data = open(settings.cutoff(10, Overlong.TRUNCATE).maxBadRows(1), batches(8, 1), SEED, 1);
                BatchStream train = data.train()) {
            Batch batch = train.step(0).get(0);
            assertThat(Set.of(LetterEncoder.text(batch, 0), LetterEncoder.text(batch, 1)))
                    .containsExactlyInAnyOrder("<user>hi|<assistant>01234", "<user>hi|<assistant>ho|");
            assertThat(java.util.Arrays.stream(batch.trainedBytes()).sum()).isEqualTo(7);
            assertThat(data.report().lines()).extracting(DataReport.Line::overlong).containsExactly(1L, 0L);
            assertThat(data.report().total().dropped()).isZero();
            assertThat(data.report().badRows()).singleElement().asString().startsWith(file + ":2: trains nothing: ");
            assertThat(data.report().total().trainedTokens()).isEqualTo(8);
        }
        try (TrainingData data = open(settings.cutoff(10, Overlong.DROP))) {
            assertThat(data.report().total().used()).isEqualTo(1);
            assertThat(data.report().total().dropped()).isEqualTo(2);
        }
        assertThatThrownBy(() -> open(settings.cutoff(10, Overlong.RAISE)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file + ":1: overlong: 16 tokens, more than cutoff_len: 10");
    }

    @Test
    void rowThatTrainsNothingIsABadRow() throws IOException {
        Path file = lines("m.jsonl",
                "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b','train':false}]}");

        assertThatThrownBy(() -> open(DataSettings.of(dataset(Format.MESSAGES, "m", file))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("m.jsonl:1: trains nothing");
    }

    @Test
    void dataSetWithoutUsableRowsIsAnErrorThatNamesIt() throws IOException {
        Path good = alpacaFile("good.jsonl", 3, "q");
        for (Path file : List.of(lines("empty.jsonl"), lines("bad.jsonl", "{}"), lines("empty.json", "[]"))) {
            assertThatThrownBy(() ->
                            open(DataSettings.of(alpaca("good", good), alpaca("zh", file)).maxBadRows(9)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("dataset 'zh' has no usable row");
        }
    }

    @Test
    void cacheIsReusedAndEveryKeyMissesIt() throws IOException {
        Path file = alpacaFile("a.jsonl", 50, "q");
        DataSettings base = DataSettings.of(alpaca("a", file));
        AtomicInteger readings = new AtomicInteger();
        ReadProgress count = (dataset, rows, bytes, total) -> readings.addAndGet(dataset.equals("a") && bytes == total ? 1 : 0);
        Map<String, DataSettings> changes = new TreeMap<>();
        changes.put("cutoff_len", base.cutoff(100, Overlong.TRUNCATE));
        changes.put("overlong", base.cutoff(512, Overlong.DROP));
        changes.put("language", DataSettings.of(inLanguage(alpaca("a", file), "de")));
        changes.put("max_samples", DataSettings.of(atMost(alpaca("a", file), 7)));
        changes.put("columns", DataSettings.of(withColumns(alpaca("a", file), Map.of("system", "language"))));
        changes.put("files", DataSettings.of(alpaca("a", file, alpacaFile("b.jsonl", 2, "r"))));

        openAndClose(base, "letters", count);
        openAndClose(base, "letters", count);
        openAndClose(base.packed().valSize(0.1).maxBadRows(7), "letters", count);
        assertThat(readings).hasValue(1);
        for (Map.Entry<String, DataSettings> change : changes.entrySet()) {
            readings.set(0);
            openAndClose(change.getValue(), "letters", count);
            assertThat(readings).as(change.getKey()).hasValueGreaterThan(0);
        }
        readings.set(0);
        openAndClose(base, "other template", count);
        assertThat(readings).as("encoder").hasValue(1);
        byte[] content = Files.readAllBytes(file);
        Object time = Files.getLastModifiedTime(file);
        content[17] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, (java.nio.file.attribute.FileTime) time);
        openAndClose(base, "letters", count);
        assertThat(readings).as("content of the same size and time").hasValue(2);
    }

    private void openAndClose(DataSettings settings, String encoder, ReadProgress progress) throws IOException {
        TrainingData.open(
                        settings.config(), batches(1, 1), SEED, new LetterEncoder(encoder), folder.resolve("cache"), 2,
                        progress)
                .close();
    }

    @Test
    void damagedCacheIsMadeAgain() throws IOException {
        DataSettings settings = DataSettings.of(alpaca("a", alpacaFile("a.jsonl", 50, "q")));
        open(settings).close();
        Path cache;
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            cache = files.toList().get(0);
        }
        byte[] whole = Files.readAllBytes(cache);
        List<byte[]> damages = new ArrayList<>();
        for (int at : new int[] {0, 9, 40, whole.length / 2, whole.length - 30, whole.length - 10, whole.length - 1}) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 1;
            damages.add(flipped);
            damages.add(java.util.Arrays.copyOf(whole, at));
        }
        damages.add(java.util.Arrays.copyOf(whole, whole.length + 1));
        for (byte[] damage : damages) {
            Files.write(cache, damage);
            open(settings).close();
            assertThat(Files.readAllBytes(cache)).isEqualTo(whole);
        }
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files).as("nothing temporary is left").hasSize(1);
        }
    }

    @Test
    void threadsChangeNothing() throws IOException {
        DataSettings settings = DataSettings.of(alpaca("a", alpacaFile("a.jsonl", 2000, "q"))).maxBadRows(0);
        List<byte[]> caches = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            Path cache = folder.resolve("cache" + threads);
            TrainingData.open(settings.config(), batches(1, 1), SEED, new LetterEncoder(), cache, threads,
                    ReadProgress.NONE).close();
            try (Stream<Path> files = Files.list(cache)) {
                caches.add(Files.readAllBytes(files.toList().get(0)));
            }
        }
        assertThat(caches.get(1)).isEqualTo(caches.get(0));
        assertThat(caches.get(2)).isEqualTo(caches.get(0));
    }

    @Test
    void heldOutSamplesAreNeverTrainedAndDependOnTheSeedOnly() throws IOException {
        DataSettings settings = DataSettings.of(
                        alpaca("a", alpacaFile("a.jsonl", 100, "q")), weighted(alpaca("b", alpacaFile("b.jsonl", 40, "r")), 2))
                .valSize(0.1);
        List<Long> first = null;
        for (int perDevice : new int[] {1, 7}) {
            try (TrainingData data = open(settings, batches(perDevice, 2), SEED, 2);
                    BatchStream train = data.train()) {
                EvaluationData evaluation = data.evaluation().orElseThrow();
                List<Long> heldOut = new ArrayList<>();
                for (long i = 0; i < evaluation.batches(); i++) {
                    heldOut.addAll(ids(List.of(evaluation.batch(i))));
                }
                assertThat(heldOut).hasSize(14).doesNotHaveDuplicates();
                Set<Long> trained = new HashSet<>();
                for (long step = 0; step < train.steps(2); step++) {
                    trained.addAll(ids(train.step(step)));
                }
                assertThat(trained).hasSize(126).doesNotContainAnyElementsOf(heldOut);
                first = first == null ? heldOut : first;
                assertThat(heldOut).isEqualTo(first);
            }
        }
        try (TrainingData data = open(settings.valSize(20), batches(1, 1), SEED + 1, 2)) {
            assertThat(data.evaluation().orElseThrow().samples()).isEqualTo(20);
        }
        for (double all : new double[] {140, 0.999, 0.001}) {
            assertThatThrownBy(() -> open(settings.valSize(all))).isInstanceOf(DataException.class)
                    .hasMessageContaining("val_size");
        }
    }

    @Test
    void evaluationDataSetsAreReadOnceInOrder() throws IOException {
        DataSettings settings = DataSettings.of(alpaca("a", alpacaFile("a.jsonl", 10, "q")))
                .evaluatedOn(alpaca("e", alpacaFile("e.jsonl", 5, "e")))
                .evaluatedOn(inLanguage(alpaca("f", lines("f.jsonl", "{'instruction':'f','output':'x'}")), "de"));
        try (TrainingData data = open(settings, batches(4, 1), SEED, 2)) {
            EvaluationData evaluation = data.evaluation().orElseThrow();
            assertThat(evaluation.batches()).isEqualTo(2);
            Batch last = evaluation.batch(1);
            assertThat(LetterEncoder.text(evaluation.batch(0), 3)).startsWith("<user>e3|");
            assertThat(LetterEncoder.text(last, 1)).isEqualTo("<user>f|<assistant>x|");
            assertThat(evaluation.groups().get(last.groups()[1])).isEqualTo(new Group("f", Optional.of("de")));
        }
    }

    @Test
    void stepsHoldConsecutiveSamplesWhateverTheyAreCutInto() throws IOException {
        DataSettings settings = DataSettings.of(alpaca("a", alpacaFile("a.jsonl", 50, "q")));
        List<Long> expected = null;
        for (int[] shape : new int[][] {{1, 8}, {2, 4}, {8, 1}}) {
            try (TrainingData data = open(settings, batches(shape[0], shape[1]), SEED, 2);
                    BatchStream train = data.train()) {
                assertThat(train.stepsPerEpoch()).isEqualTo(7);
                List<Long> all = new ArrayList<>();
                for (long step = 0; step < 14; step++) {
                    List<Batch> batches = train.step(step);
                    int samples = ids(batches).size();
                    assertThat(samples).isEqualTo(step % 7 == 6 ? 2 : 8);
                    assertThat(batches).hasSize((samples + shape[0] - 1) / shape[0]);
                    all.addAll(ids(batches));
                }
                assertThat(new HashSet<>(all.subList(0, 50))).hasSize(50);
                assertThat(all.subList(0, 50)).isNotEqualTo(all.subList(50, 100));
                expected = expected == null ? all : expected;
                assertThat(all).isEqualTo(expected);
                assertThat(train.steps(0.5)).isEqualTo(4);
                assertThat(train.steps(1.5)).isEqualTo(11);
                assertThat(train.epochs(14)).isEqualTo(2.0);
            }
        }
    }

    @Test
    void anyStepIsTheSameInAnyOrderPackedOrNot() throws IOException {
        DataSettings settings = DataSettings.of(
                alpaca("a", alpacaFile("a.jsonl", 2500, "q")), weighted(alpaca("b", alpacaFile("b.jsonl", 300, "r")), 1.7));
        for (DataSettings each : List.of(settings, settings.cutoff(64, Overlong.TRUNCATE).packed())) {
            List<String> scan = new ArrayList<>();
            long steps;
            try (TrainingData data = open(each, batches(3, 5), SEED, 2);
                    BatchStream train = data.train()) {
                steps = train.steps(2);
                for (long step = 0; step < steps; step++) {
                    scan.add(content(train.step(step)));
                }
            }
            DataOrder jumps = new DataOrder(5, steps);
            for (long jump = 0; jump < 40; jump++) {
                long step = jumps.at(0, jump);
                try (TrainingData data = open(each, batches(3, 5), SEED, 2);
                        BatchStream train = data.train()) {
                    assertThat(content(train.step(step))).isEqualTo(scan.get((int) step));
                    long other = jumps.at(0, jump + 1);
                    assertThat(content(train.step(other))).isEqualTo(scan.get((int) other));
                }
            }
            try (TrainingData data = open(each, batches(3, 5), SEED + 1, 2);
                    BatchStream train = data.train()) {
                assertThat(content(train.step(0))).isNotEqualTo(scan.get(0));
            }
        }
    }

    @Test
    void packedEpochsHoldEverySampleOnceInRowsThatAreNotOverfull() throws IOException {
        DataSettings settings = DataSettings.of(alpaca("a", alpacaFile("a.jsonl", 2500, "q")))
                .cutoff(64, Overlong.TRUNCATE)
                .packed();
        try (TrainingData data = open(settings, batches(1, 4), SEED, 2);
                BatchStream train = data.train()) {
            MixturePlan plan = data.plan();
            for (int epoch = 0; epoch < 2; epoch++) {
                Set<Long> seen = new HashSet<>();
                long tokens = 0;
                for (long step = train.steps(epoch); step < train.steps(epoch + 1); step++) {
                    for (Batch row : train.step(step)) {
                        assertThat(row.tokens().length).isLessThanOrEqualTo(64);
                        tokens += row.tokens().length;
                        for (int d = 0; d < row.documents(); d++) {
                            assertThat(seen.add(row.samples()[d])).isTrue();
                            assertThat(row.labels()[row.starts()[d + 1] - 1]).isEqualTo(Batch.UNTRAINED);
                            assertThat(LetterEncoder.text(row, d)).startsWith("<user>q").endsWith("|");
                        }
                    }
                }
                assertThat(seen).hasSize(2500);
                assertThat(tokens).isEqualTo(plan.tokens()).isEqualTo(data.report().total().tokens());
            }
            assertThat(plan.fillRate()).isGreaterThan(0.95);
        }
    }

    @Test
    void whatAnEpochDrawsIsWhatThePlanSaid() throws IOException {
        DataSettings settings = DataSettings.of(
                        weighted(alpaca("a", alpacaFile("a.jsonl", 90, "q")), 0.4),
                        weighted(alpaca("b", alpacaFile("b.jsonl", 31, "r")), 2.5))
                .temperature(2);
        try (TrainingData data = open(settings, batches(2, 3), SEED, 2);
                BatchStream train = data.train()) {
            Map<Group, Long> drawn = new java.util.HashMap<>();
            long tokens = 0;
            for (long step = 0; step < train.stepsPerEpoch(); step++) {
                for (Batch batch : train.step(step)) {
                    tokens += batch.tokens().length;
                    for (int group : batch.groups()) {
                        drawn.merge(train.groups().get(group), 1L, Long::sum);
                    }
                }
            }
            MixturePlan plan = data.plan();
            assertThat(plan.tokens()).isEqualTo(tokens);
            assertThat(plan.lines()).hasSize(4).allSatisfy(
                    line -> assertThat(line.drawn()).isEqualTo(drawn.get(line.group())));
            assertThat(plan.steps()).isEqualTo(train.steps(1));
            assertThat(plan.table()).contains("an epoch").contains("cy").contains("no");
        }
    }

    @Test
    void realInstructionsAreReadWhole() throws IOException {
        Path shared = Path.of(System.getProperty(
                "bayling.shared", System.getenv().getOrDefault("BAYLING_SHARED", "../shared")));
        Path instructions = shared.resolve("data/instructions");
        Assumptions.assumeTrue(Files.isDirectory(instructions), "no instructions at " + instructions);
        DataSettings settings = DataSettings.of(
                        alpaca("en", instructions.resolve("alpaca_en_demo.json.gz")),
                        alpaca("zh", instructions.resolve("alpaca_zh_demo.json.gz")))
                .maxBadRows(100);
        try (TrainingData data = open(settings.cutoff(100_000, Overlong.RAISE))) {
            int rows = 0;
            for (String name : List.of("alpaca_en_demo.json.gz", "alpaca_zh_demo.json.gz")) {
                try (StoredFile file = StoredFile.open(instructions.resolve(name))) {
                    JsonNode whole = JsonRows.MAPPER.readTree(file.characters());
                    rows += whole.size();
                }
            }
            assertThat(data.report().total().rows()).isEqualTo(rows);
            assertThat(data.report().total().used()).isGreaterThan(rows - 20);
        }
    }
}
