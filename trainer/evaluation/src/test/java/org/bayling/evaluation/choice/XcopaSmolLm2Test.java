package org.bayling.evaluation.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.SoftAssertions;
import org.bayling.data.Batch;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.ModelPrecision;
import org.bayling.model.ModelSource;
import org.bayling.observe.TaskProgress;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.train.GradientInspection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real model and real questions: packed rows against one request at a time, computed from its logits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XcopaSmolLm2Test {
    private static final int QUESTIONS = 1;
    private static final double TOLERANCE = 1e-4;
    /** Rows of another length are multiplied in another order; over dozens of tokens that adds up. */
    private static final double ROUNDING = 5e-6;

    private Path data;
    private Kernels kernels;
    private ModelSource source;
    private LlamaModel model;

    @BeforeAll
    void load() throws IOException {
        Path shared = Path.of(Optional.ofNullable(System.getProperty("bayling.shared", System.getenv("BAYLING_SHARED")))
                .orElse("shared"));
        Path file = shared.resolve("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        data = shared.resolve("data/xcopa");
        Assumptions.assumeTrue(Files.isRegularFile(file), "SmolLM2 is not at " + file);
        Assumptions.assumeTrue(Files.isDirectory(data), "XCOPA is not at " + data);
        kernels = Kernels.open(OptionalInt.empty());
        source = ModelSource.open(file);
        model = new ModelLoader(
                        kernels,
                        source.config(),
                        source.tensors(),
                        Optional.empty(),
                        Optional.empty(),
                        ModelLoader.Trained.NOTHING,
                        ModelPrecision.FP32,
                        0)
                .load();
    }

    @AfterAll
    void close() throws IOException {
        if (model != null) {
            model.close();
            source.close();
            kernels.close();
        }
    }

    @Test
    void logLikelihoodsInElevenLanguagesEqualThoseFromLogits(@TempDir Path folder) throws IOException {
        List<ChoiceItem> items = xcopa().read(List.of(data), List.of(), List.of());
        assertThat(items).hasSize(11 * QUESTIONS);
        RequestEncoder encoder = encoder();
        List<ChoiceMetric> metrics = List.of(ChoiceMetric.ACC, ChoiceMetric.ACC_MUTUAL_INFO);
        List<ScoredItem> scored;
        try (ResultsFile results = ResultsFile.open(folder.resolve("results.jsonl"), ItemScores.KIND, "0", "SmolLM2")) {
            scored = new ChoiceEvaluation(encoder, new LogLikelihood(kernels, model), metrics)
                    .run(items, results, TaskProgress.silent());
        }
        SoftAssertions softly = new SoftAssertions();
        try (GradientInspection inspection = new GradientInspection(kernels, model)) {
            for (ScoredItem item : scored) {
                for (int i = 0; i < 2; i++) {
                    ChoiceItem.Option option = item.item().options().get(i);
                    double direct = fromLogits(inspection, option.context(), " " + option.choice());
                    softly.assertThat(item.scores().conditional()[i])
                            .as(item.item().place())
                            .isCloseTo(direct, offset(Math.max(TOLERANCE, ROUNDING * Math.abs(direct))));
                }
            }
            ScoredItem last = scored.get(scored.size() - 1);
            softly.assertThat(last.scores().unconditional()[1])
                    .isCloseTo(fromLogits(inspection, "", last.item().options().get(1).choice()), offset(TOLERANCE));
        }
        softly.assertAll();
    }

    @Test
    void anEvaluationThatWasKilledGoesOnWhereItStopped(@TempDir Path folder) throws IOException {
        List<ChoiceItem> items = new ChoiceData(ChoiceTasks.named("xcopa").orElseThrow(), 40, 0)
                .read(List.of(data), List.of(), List.of("et", "th"));
        List<EncodedRequest> asked = new ArrayList<>();
        ChoiceScorer scorer = requests -> {
            asked.addAll(requests);
            return requests.stream()
                    .mapToDouble(request -> -Math.sqrt(Arrays.hashCode(request.targets()) & 0xFFFFF))
                    .toArray();
        };
        Path file = folder.resolve("results.jsonl");
        List<ScoredItem> whole = run(items, scorer, file);
        assertThat(asked).hasSize(160);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 100, bytes.length / 3, bytes.length / 2, bytes.length - 1, bytes.length}) {
            Files.write(file, Arrays.copyOf(bytes, length)); // as much of it as the killed process had written
            long kept = Math.max(0, new String(bytes, 0, length, StandardCharsets.UTF_8)
                    .chars().filter(c -> c == '\n').count() - 1);
            asked.clear();
            List<ScoredItem> continued = run(items, scorer, file);
            assertThat(continued).usingRecursiveComparison().isEqualTo(whole);
            // At most the row that was being written is computed again.
            assertThat(asked.size() / 2L).isBetween(80 - kept, 80 - kept + 40);
            assertThat(asked.size() == 0).isEqualTo(length == bytes.length);
        }
    }

    @Test
    void resultsOfAnotherModelAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.jsonl");
        ResultsFile.open(file, ItemScores.KIND, "1", "model A").close();
        assertThatThrownBy(() -> ResultsFile.open(file, ItemScores.KIND, "2", "model B"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("results.jsonl: holds results of another model (model A)");
        Files.writeString(file, "{\"other\":1}\n");
        assertThatThrownBy(() -> ResultsFile.open(file, ItemScores.KIND, "1", "model A"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no file of results");
    }

    @Test
    void twoEvaluationsDoNotWriteToOneFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.jsonl");
        try (ResultsFile first = ResultsFile.open(file, ItemScores.KIND, "1", "model A")) {
            assertThat(first.size()).isZero();
            assertThatThrownBy(() -> ResultsFile.open(file, ItemScores.KIND, "1", "model A"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("another evaluation is writing to it");
        }
    }

    private List<ScoredItem> run(List<ChoiceItem> items, ChoiceScorer scorer, Path file) throws IOException {
        try (ResultsFile results = ResultsFile.open(file, ItemScores.KIND, "0", "SmolLM2")) {
            return new ChoiceEvaluation(encoder(), scorer, List.of(ChoiceMetric.ACC))
                    .run(items, results, TaskProgress.silent());
        }
    }

    @Test
    void lettersAfterOneQuestionShareItsForwardPass() throws IOException {
        RequestEncoder encoder = encoder();
        List<EncodedRequest> letters = new ArrayList<>();
        for (String letter : List.of(" A", " B", " C", " D")) {
            letters.add(encoder.encode("here", "Two and two is\nA. 3\nB. 4\nC. 5\nD. 6\nAnswer:", letter));
        }
        assertThat(letters).allSatisfy(request -> assertThat(request.input()).isEqualTo(letters.get(0).input()));
        double[] together = new LogLikelihood(kernels, model).score(letters);
        for (int i = 0; i < letters.size(); i++) {
            double[] alone = new LogLikelihood(kernels, model).score(letters.subList(i, i + 1));
            assertThat(together[i]).isCloseTo(alone[0], offset(TOLERANCE));
        }
        assertThat(Arrays.stream(together).distinct()).hasSize(4);
    }

    @Test
    void requestsThatDoNotFitARowGiveWhatTheyGiveAlone() throws IOException {
        RequestEncoder encoder = encoder();
        List<EncodedRequest> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(encoder.encode("here", "word and word ".repeat(150) + i + ",", " and so on"));
        }
        double[] together = new LogLikelihood(kernels, model).score(requests);
        for (int i = 0; i < together.length; i++) {
            double[] alone = new LogLikelihood(kernels, model).score(requests.subList(i, i + 1));
            assertThat(together[i]).isCloseTo(alone[0], offset(TOLERANCE));
        }
    }

    @Test
    void whiteSpaceAtTheContextsEndGoesToTheContinuation() throws IOException {
        Tokenizer tokenizer = source.tokenizer();
        EncodedRequest request = encoder().encode("here", "The sky is ", "blue");
        assertThat(tokenizer.decode(request.targets(), false)).isEqualTo(" blue");
        assertThat(request.targets()).isEqualTo(encoder().encode("here", "The sky is", " blue").targets());
    }

    @Test
    void anEmptyContextIsTheBosToken() throws IOException {
        EncodedRequest request = encoder().encode("here", "", " blue sky");
        assertThat(request.input()[0]).isEqualTo(source.tokenizer().bosId().orElseThrow());
        assertThat(source.tokenizer().decode(request.targets(), false)).isEqualTo(" blue sky");
    }

    private ChoiceData xcopa() {
        return new ChoiceData(ChoiceTasks.named("xcopa").orElseThrow(), QUESTIONS, 0);
    }

    private RequestEncoder encoder() {
        return new RequestEncoder(source.tokenizer(), (int) model.config().maxPositionEmbeddings());
    }

    /** The definition, written out: ids of both texts together, the model on them alone, log-softmax in fp64. */
    private double fromLogits(GradientInspection inspection, String context, String continuation) {
        Tokenizer tokenizer = source.tokenizer();
        int[] before = context.isEmpty()
                ? new int[] {tokenizer.bosId().orElseThrow()}
                : tokenizer.encode(context, true);
        int[] whole = tokenizer.encode(context + continuation, !context.isEmpty());
        if (context.isEmpty()) {
            int[] longer = new int[whole.length + 1];
            longer[0] = before[0];
            System.arraycopy(whole, 0, longer, 1, whole.length);
            whole = longer;
        }
        int[] labels = new int[whole.length];
        Arrays.fill(labels, Batch.UNTRAINED);
        float[] logits = inspection
                .run(List.of(new GradientInspection.InputRow(whole, labels, new int[] {0, whole.length})))
                .logits()
                .get(0);
        int vocabulary = logits.length / whole.length;
        double sum = 0;
        for (int t = before.length; t < whole.length; t++) {
            sum += logSoftmax(logits, (t - 1) * vocabulary, vocabulary, whole[t]);
        }
        return sum;
    }

    private static double logSoftmax(float[] logits, int from, int vocabulary, int id) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < vocabulary; v++) {
            largest = Math.max(largest, logits[from + v]);
        }
        double total = 0;
        for (int v = 0; v < vocabulary; v++) {
            total += Math.exp(logits[from + v] - largest);
        }
        return logits[from + id] - largest - Math.log(total);
    }
}
