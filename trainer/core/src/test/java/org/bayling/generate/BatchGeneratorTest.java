package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.generate.BeamSettings.EarlyStopping;
import org.bayling.model.ModelPrecision;
import org.bayling.numeric.DType;
import org.bayling.observe.TaskProgress;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many prompts at a time over small random models, ids only. */
class BatchGeneratorTest extends EngineTest {
    private static final long BUDGET = 64L << 20;
    private static final StopRule STOP = StopRule.of(2, 89, 93, 141, 12); // answers of different lengths
    private static final GenerationSettings GREEDY =
            GenerationSettings.defaults().withMaxNewTokens(40);
    private static final GenerationSettings SAMPLING =
            GREEDY.withSampling(new SamplingSettings(true, 1.5, 50, 0.95, 3));
    private static final GenerationSettings BEAMS =
            GREEDY.withBeams(new BeamSettings(3, 0.8, EarlyStopping.FALSE));

    /** Prompts of different lengths; some begin alike, over more than one piece of the cache. */
    private static List<GenerationRequest> requests() {
        Random random = new Random(5);
        int[] shared = random.ints(150, 3, 320).toArray();
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            int[] own = random.ints(5 * i, 3, 320).toArray();
            int common = i % 3 == 0 ? 150 : i % 3 == 1 ? 70 : i == 5 ? 0 : 30;
            int[] prompt = Arrays.copyOf(Arrays.copyOf(shared, common), common + own.length);
            System.arraycopy(own, 0, prompt, common, own.length);
            requests.add(GenerationRequest.of(prompt));
        }
        return requests;
    }

    private static List<int[]> answers(
            TinyGeneration tiny, long budget, int together, GenerationSettings settings, StopRule stop) {
        try (BatchGenerator generator = new BatchGenerator(
                new Decoder(kernels, tiny.model(), budget), Optional.empty(), together)) {
            return generator.run(requests(), settings, stop).stream()
                    .map(GenerationResult::ids)
                    .toList();
        }
    }

    private static void same(TinyGeneration tiny, GenerationSettings settings) {
        List<int[]> alone = answers(tiny, BUDGET, 1, settings, STOP);
        for (int together : new int[] {2, 5, 7, 64}) {
            assertThat(answers(tiny, BUDGET, together, settings, STOP))
                    .as("%d at a time", together)
                    .containsExactlyElementsOf(alone);
        }
        long small = 900 * KvCache.bytesPerToken(tiny.model().config(), DType.F32);
        assertThat(answers(tiny, small, 64, settings, STOP))
                .as("in a small cache")
                .containsExactlyElementsOf(alone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mha-untied", "gqa-tied", "mqa-headdim-bias", "rope-dynamic"})
    void answersAreTheSameHoweverManyRunTogether(String variant) throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, variant)) {
            same(tiny, GREEDY);
            same(tiny, GREEDY.withRepetitionPenalty(1.2).withNoRepeatNgramSize(3));
        }
    }

    @Test
    void drawsAndBeamsAreTheSameHoweverManyRunTogether() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied")) {
            same(tiny, SAMPLING);
            same(tiny, BEAMS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mha-untied, F32, true",
        "gqa-tied, F32, true",
        "mqa-headdim-bias, F32, true",
        "gqa-tied, F32, false",
        "mqa-headdim-bias, F32, false",
        "gqa-tied, BF16, false"
    })
    void scoresOfASequenceAreTheSameToTheLastBitWhateverRunsBesideIt(String variant, DType product, boolean packed)
            throws IOException {
        int count = 9;
        ModelPrecision precision = new ModelPrecision(product, product);
        try (TinyGeneration tiny = TinyGeneration.open(
                        kernels, Shared.path("golden/tiny/" + variant), precision, Optional.empty());
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET, Decoder.PIECE, packed);
                KvCache cache = decoder.newCache(count, 256);
                TensorScope scope = kernels.scope()) {
            List<int[]> prompts = IntStream.range(0, count)
                    .mapToObj(i -> TinyGeneration.randomIds(1 + 23 * i, 320))
                    .toList();
            int[] slots = IntStream.range(0, count).toArray();
            float[][] first = rows(decoder.prefill(scope, cache, slots, prompts));
            int[] next = new Random(1).ints(count, 3, 320).toArray();
            float[][] second = rows(List.of(decoder.step(scope, cache, slots, next)));
            for (int i = 0; i < count; i++) {
                try (KvCache alone = decoder.newCache()) {
                    float[] prompt = decoder.prefill(alone, prompts.get(i));
                    float[] step = decoder.prefill(alone, new int[] {next[i]});
                    assertThat(Arrays.mismatch(first[i], prompt)).as("prompt %d", i).isEqualTo(-1);
                    assertThat(Arrays.mismatch(second[i], step)).as("step %d", i).isEqualTo(-1);
                }
            }
        }
    }

    /** The rows of several [n, V]. */
    private static float[][] rows(List<NDArray> parts) {
        return parts.stream()
                .flatMap(part -> {
                    float[] all = new HostTransfer(kernels).toFloats(part);
                    int width = (int) part.getShape().get(1);
                    return IntStream.range(0, all.length / width)
                            .mapToObj(row -> Arrays.copyOfRange(all, row * width, (row + 1) * width));
                })
                .toArray(float[][]::new);
    }

    @Test
    void oneAtATimeEqualsTheGeneratorOfOneAnswer() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                Generator single = new Generator(new Decoder(kernels, tiny.model(), BUDGET), Optional.empty())) {
            List<int[]> batch = answers(tiny, BUDGET, 64, GREEDY, STOP);
            List<GenerationRequest> requests = requests();
            for (int i = 0; i < batch.size(); i++) {
                assertThat(single.generate(requests.get(i).prompt(), GREEDY, STOP, TokenListener.NONE).ids())
                        .containsExactly(batch.get(i));
            }
        }
    }

    @Test
    void aCommonBeginningIsComputedOnce() throws IOException {
        int[] reused = new int[12];
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                BatchGenerator generator =
                        new BatchGenerator(kernels, tiny.model(), Optional.empty(), BUDGET)) {
            generator.run(
                    requests(),
                    GREEDY,
                    STOP,
                    (index, results) -> reused[index] = results.get(0).reusedTokens(),
                    TaskProgress.silent());
        }
        // 4 have 150 tokens in common, and with 4 more 70; one of these runs in a smaller cache, with 2 that have 30
        assertThat(Arrays.stream(reused).filter(tokens -> tokens == 128).count()).isEqualTo(3);
        assertThat(Arrays.stream(reused).filter(tokens -> tokens == 64).count()).isEqualTo(3);
        assertThat(Arrays.stream(reused).filter(tokens -> tokens == 24).count()).isPositive();
    }

    @Test
    void everyFinishedAnswerIsToldAtOnceAndProgressEndsWithAllTokens() throws IOException {
        List<Integer> told = new ArrayList<>();
        long[] last = new long[2];
        long[] written = new long[1];
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                BatchGenerator generator =
                        new BatchGenerator(new Decoder(kernels, tiny.model(), BUDGET), Optional.empty(), 4)) {
            generator.run(
                    requests(),
                    GREEDY,
                    STOP,
                    (index, results) -> {
                        told.add(index);
                        written[0] += results.get(0).ids().length;
                    },
                    (name, done, total, unit) -> {
                        last[0] = done;
                        last[1] = total;
                    });
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 12).boxed().toList());
        assertThat(last).containsExactly(written[0], written[0]);
    }

    @Test
    void severalDrawsOfAPromptDiffer() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                BatchGenerator generator =
                        new BatchGenerator(kernels, tiny.model(), Optional.empty(), BUDGET)) {
            List<int[]> drawn = new ArrayList<>();
            generator.run(
                    requests().subList(0, 1),
                    SAMPLING.withNumReturnSequences(3),
                    StopRule.of(),
                    (index, results) -> results.forEach(result -> drawn.add(result.ids())),
                    TaskProgress.silent());
            assertThat(drawn).hasSize(3).doesNotHaveDuplicates();
            assertThat(generator.run(requests().subList(0, 1), SAMPLING, StopRule.of()).get(0).ids())
                    .containsExactly(drawn.get(0));
        }
    }

    @Test
    void aBudgetTooSmallForOneSequenceIsRefusedWithSizes() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied")) {
            long budget = 100 * KvCache.bytesPerToken(tiny.model().config(), DType.F32);
            assertThatThrownBy(() -> answers(tiny, budget, 64, GREEDY, STOP))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("MiB of key/value cache for 1 sequence")
                    .hasMessageContaining("allow a larger cache");
        }
    }
}
