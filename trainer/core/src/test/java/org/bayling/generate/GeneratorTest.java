package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.numeric.DType;
import org.bayling.tensor.Kernels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The loop over a small random model, ids only. */
class GeneratorTest {
    private static final long BUDGET = 64L << 20;
    private static final int[] PROMPT = {1, 248, 159, 283, 105};
    private static final GenerationSettings SAMPLING = GenerationSettings.defaults()
            .withSampling(new SamplingSettings(true, 1.5, 50, 0.95, 3))
            .withMaxNewTokens(30);
    private static Kernels kernels;
    private static TinyGeneration tiny;

    @BeforeAll
    static void open() throws IOException {
        kernels = Kernels.open(OptionalInt.empty());
        tiny = TinyGeneration.open(kernels, "gqa-tied");
    }

    @AfterAll
    static void close() throws IOException {
        if (tiny != null) {
            tiny.close();
        }
        kernels.close();
    }

    private static Generator generator(long cacheBytes) {
        return new Generator(new Decoder(kernels, tiny.model(), cacheBytes), Optional.empty());
    }

    @Test
    void theSameSeedGivesTheSameTokensAndAnotherSeedOthers() {
        try (Generator generator = generator(BUDGET)) {
            int[] first = generator.generate(PROMPT, SAMPLING, StopRule.of(), TokenListener.NONE).ids();
            int[] again = generator.generate(PROMPT, SAMPLING, StopRule.of(), TokenListener.NONE).ids();
            GenerationSettings otherSeed = SAMPLING.withSampling(SAMPLING.sampling().withSeed(4));
            int[] other = generator.generate(PROMPT, otherSeed, StopRule.of(), TokenListener.NONE).ids();
            assertThat(first).hasSize(30).containsExactly(again);
            assertThat(other).isNotEqualTo(first);
        }
    }

    @Test
    void aStopTokenEndsTheAnswerAndIsPartOfItsIds() {
        try (Generator generator = generator(BUDGET)) {
            int[] free = generator.generate(PROMPT, SAMPLING, StopRule.of(), TokenListener.NONE).ids();
            GenerationResult stopped =
                    generator.generate(PROMPT, SAMPLING, StopRule.of(free[4]), TokenListener.NONE);
            assertThat(stopped.stopReason()).isEqualTo(StopReason.STOP_TOKEN);
            assertThat(free).startsWith(stopped.ids());
            assertThat(stopped.ids()[stopped.ids().length - 1]).isEqualTo(free[4]);
        }
    }

    @Test
    void aListenerCanEndTheAnswer() {
        List<Integer> heard = new ArrayList<>();
        try (Generator generator = generator(BUDGET)) {
            GenerationResult result = generator.generate(PROMPT, SAMPLING, StopRule.of(), (id, text) -> {
                heard.add(id);
                return heard.size() < 3;
            });
            assertThat(result.stopReason()).isEqualTo(StopReason.CANCELLED);
            assertThat(result.ids()).hasSize(3).containsExactly(heard.stream().mapToInt(i -> i).toArray());
        }
    }

    @Test
    void aFullCacheEndsTheAnswer() {
        long budget = 8 * KvCache.bytesPerToken(tiny.model().config(), DType.F32);
        try (Generator generator = generator(budget)) {
            GenerationResult result = generator.generate(PROMPT, SAMPLING, StopRule.of(), TokenListener.NONE);
            assertThat(result.stopReason()).isEqualTo(StopReason.CONTEXT_FULL);
            assertThat(result.ids()).hasSize(4); // three go into the cache, the last one need not
        }
    }

    @Test
    void anEmptyPromptIsRefused() {
        try (Generator generator = generator(BUDGET)) {
            assertThatThrownBy(() -> generator.generate(new int[0], SAMPLING, StopRule.of(), TokenListener.NONE))
                    .hasMessageContaining("no tokens");
        }
    }

    @Test
    void stopStringsWithoutATokenizerAreRefused() {
        try (Generator generator = generator(BUDGET)) {
            assertThatThrownBy(() -> generator.generate(
                            PROMPT, SAMPLING.withStopStrings(List.of("x")), StopRule.of(), TokenListener.NONE))
                    .hasMessageContaining("need a tokenizer");
        }
    }

    @Test
    void twoHundredTokensLeaveNoTensorBehind() {
        try (Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache cache = decoder.newCache()) {
            decoder.prefill(cache, PROMPT);
            decoder.prefill(cache, new int[] {7});
            int model = tiny.model().scope().size();
            int own = decoder.size();
            int cached = cache.size();
            for (int i = 0; i < 200; i++) {
                decoder.prefill(cache, new int[] {7});
            }
            assertThat(tiny.model().scope().size()).isEqualTo(model);
            assertThat(decoder.size()).isEqualTo(own);
            assertThat(cache.size()).isEqualTo(cached);
            assertThat(cache.length(0)).isEqualTo(PROMPT.length + 201);
        }
    }
}
