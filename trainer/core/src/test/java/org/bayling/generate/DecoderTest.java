package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.model.ModelPrecision;
import org.bayling.numeric.DType;
import org.bayling.train.Relative;
import org.bayling.tensor.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest extends EngineTest {
    private static final double TOLERANCE = 1e-5;
    private static final long BUDGET = 64L << 20;
    private static final int TOKENS = 48;

    @ParameterizedTest
    @ValueSource(strings = {"mha-untied", "gqa-tied", "mqa-headdim-bias", "rope-linear", "rope-llama3", "rope-yarn"})
    void tokenByTokenGivesTheLogitsOfTheWholeSequence(String variant) throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, variant);
                SafetensorsFile reference =
                        SafetensorsFile.open(Shared.path("golden/tiny/" + variant + "/case.safetensors"));
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache cache = decoder.newCache()) {
            Case golden = Case.read(reference, tiny);
            for (int t = 0; t < TOKENS; t++) {
                float[] logits = decoder.prefill(cache, new int[] {golden.ids()[t]});
                assertThat(Relative.error(logits, golden.logits(t))).as("position " + t).isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lora, true", "rslora, true", "dora, true", "lora-qv-saved, true", "lora-patterns, true",
        "lora, false", "dora, false"
    })
    void adaptersActMergedIntoPackedWeightsAndBesideOthers(String kind, boolean packed) throws IOException {
        String folder = "golden/tiny/adapters/" + kind + "/";
        String base = TinyGeneration.json(folder + "case.json").get("base").asText();
        try (PeftAdapterDir adapter = PeftAdapterDir.open(Shared.path(folder + "adapter"));
                TinyGeneration tiny = TinyGeneration.open(
                        kernels, Shared.path("golden/tiny/" + base), ModelPrecision.FP32, Optional.of(adapter));
                SafetensorsFile reference = SafetensorsFile.open(Shared.path(folder + "case.safetensors"));
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET, Decoder.PIECE, packed);
                KvCache cache = decoder.newCache()) {
            Case golden = Case.read(reference, tiny);
            float[] logits = decoder.prefill(cache, golden.ids());
            assertThat(Relative.error(logits, golden.logits(TOKENS - 1))).isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mha-untied", "gqa-tied", "mqa-headdim-bias", "rope-dynamic"})
    void aPromptInChunksEqualsAPromptAtOnce(String variant) throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, variant);
                Decoder chunked = new Decoder(kernels, tiny.model(), BUDGET, 7, true);
                Decoder whole = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache one = chunked.newCache();
                KvCache other = whole.newCache()) {
            int[] ids = TinyGeneration.randomIds(50, tiny.model().config().vocabSize());
            assertThat(Relative.error(chunked.prefill(one, ids), whole.prefill(other, ids))).isLessThan(TOLERANCE);
        }
    }

    @Test
    void sequencesOfDifferentLengthInOneStepEqualSequencesAlone() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache both = decoder.newCache(2, 96);
                KvCache alone = decoder.newCache();
                TensorScope scope = kernels.scope()) {
            int[] ids = TinyGeneration.randomIds(90, tiny.model().config().vocabSize());
            int[] slots = {0, 1};
            decoder.prefill(scope, both, slots, List.of(Arrays.copyOf(ids, 5), Arrays.copyOf(ids, 80)));
            Scores together =
                    new Scores(kernels, scope, decoder.step(scope, both, slots, new int[] {ids[5], ids[80]}));
            assertThat(Relative.error(together.row(0), decoder.prefill(alone, Arrays.copyOf(ids, 6))))
                    .isLessThan(TOLERANCE);
            alone.clear();
            assertThat(Relative.error(together.row(1), decoder.prefill(alone, Arrays.copyOf(ids, 81))))
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void aCutCacheGoesOnAsIfItHadNeverBeenLonger() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache edited = decoder.newCache();
                KvCache fresh = decoder.newCache()) {
            int[] first = TinyGeneration.randomIds(70, tiny.model().config().vocabSize());
            int[] second = Arrays.copyOf(first, 40);
            second[39] = first[39] == 5 ? 6 : 5;
            decoder.prefill(edited, first);
            assertThat(decoder.reuse(edited, second)).isEqualTo(39);
            float[] logits = decoder.prefill(edited, new int[] {second[39]});
            assertThat(Relative.error(logits, decoder.prefill(fresh, second))).isLessThan(TOLERANCE);
            assertThat(edited.ids(0)).containsExactly(second);
        }
    }

    @Test
    void dynamicScalingBeyondTheTrainedLengthComputesTheWholeSequenceAnew() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "rope-dynamic");
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache cache = decoder.newCache()) {
            int[] ids = TinyGeneration.randomIds(50, tiny.model().config().vocabSize());
            decoder.prefill(cache, Arrays.copyOf(ids, 20));
            assertThat(decoder.reuse(cache, Arrays.copyOf(ids, 30))).isEqualTo(20);
            assertThat(decoder.reuse(cache, ids)).isZero();
        }
    }

    @Test
    void weightsInBfloat16GiveTheSameWhetherConvertedByLayerOrAtOnce() throws IOException {
        ModelPrecision stored = new ModelPrecision(DType.BF16, DType.F32);
        try (TinyGeneration tiny =
                        TinyGeneration.open(kernels, Shared.path("golden/tiny/gqa-tied"), stored, Optional.empty());
                TinyGeneration plain = TinyGeneration.open(kernels, "gqa-tied");
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                Decoder exact = new Decoder(kernels, plain.model(), BUDGET);
                KvCache cache = decoder.newCache();
                KvCache exactCache = exact.newCache()) {
            int[] ids = TinyGeneration.randomIds(30, tiny.model().config().vocabSize());
            assertThat(Relative.error(decoder.prefill(cache, ids), exact.prefill(exactCache, ids)))
                    .isBetween(1e-6, 2e-2); // rounded weights: near, and not the same
        }
    }

    @Test
    void aFullCacheIsRefusedWithSizesAndStaysUsable() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied")) {
            long budget = 10 * KvCache.bytesPerToken(tiny.model().config(), DType.F32);
            try (Decoder decoder = new Decoder(kernels, tiny.model(), budget);
                    KvCache cache = decoder.newCache()) {
                decoder.prefill(cache, new int[] {1, 2, 3});
                assertThatThrownBy(() -> decoder.prefill(cache, new int[8]))
                        .isInstanceOf(CacheFullException.class)
                        .hasMessageContaining("11 tokens")
                        .hasMessageContaining("(10 tokens) are allowed");
                assertThat(cache.length(0)).isEqualTo(3);
                decoder.prefill(cache, new int[7]);
                assertThat(cache.length(0)).isEqualTo(10);
            }
        }
    }

    @Test
    void anIdOutsideOfTheVocabularyIsRefused() throws IOException {
        try (TinyGeneration tiny = TinyGeneration.open(kernels, "gqa-tied");
                Decoder decoder = new Decoder(kernels, tiny.model(), BUDGET);
                KvCache cache = decoder.newCache()) {
            assertThatThrownBy(() -> decoder.prefill(cache, new int[] {1, 320}))
                    .hasMessageContaining("token 320 at position 1");
        }
    }

    /** Row 0 of a reference case. */
    private record Case(int[] ids, float[] all, int vocabulary) {
        static Case read(SafetensorsFile store, TinyGeneration tiny) throws IOException {
            ByteBuffer bytes = store.view("input_ids", 0, TOKENS * 8)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN);
            int[] ids = new int[TOKENS];
            for (int t = 0; t < TOKENS; t++) {
                ids[t] = Math.toIntExact(bytes.getLong(8 * t));
            }
            int vocabulary = (int) tiny.model().config().vocabSize();
            ByteBuffer floats = ByteBuffer.allocateDirect(4 * 2 * TOKENS * vocabulary)
                    .order(ByteOrder.LITTLE_ENDIAN);
            store.readFp32("logits", 0, floats);
            floats.clear();
            float[] all = new float[2 * TOKENS * vocabulary];
            floats.asFloatBuffer().get(all);
            return new Case(ids, all, vocabulary);
        }

        float[] logits(int position) {
            return Arrays.copyOfRange(all, position * vocabulary, (position + 1) * vocabulary);
        }
    }
}
