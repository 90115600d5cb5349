package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bayling.model.DecoderLayer;
import org.bayling.model.LinearWeight;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.model.Parameter;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.LayerTensors;
import org.bayling.tensor.Row;
import org.bayling.tensor.TensorScope;

/**
 * The model over cached sequences: takes new tokens, gives the logits that follow.
 *
 * <p>Adapters act unmerged. Products run in the model's product dtype, in which the cache is kept too. When an
 * adapter's weights change, a new decoder is needed (it keeps DoRA's row norms). Confined to the kernels' thread;
 * closing it leaves model and kernels alone.
 */
public final class Decoder implements AutoCloseable {
    /** Tokens of a long prompt that go through the layers at a time; bounds the memory. */
    private static final int CHUNK = 512;

    /** A head that is stored in another dtype than products run in is converted once if it is at most this large. */
    private static final long CONVERTED_HEAD_BYTES = 512L << 20;

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaModel model;
    private final LlamaConfig config;
    private final long cacheBytes;
    private final int chunk;
    private final TensorScope scope;
    private final Positions positions;
    private final NDArray head;
    private final List<LayerGroup> groups;

    /** Layers that go through one kernel call; their tensors, unless these are converted each time. */
    private record LayerGroup(int first, int end, Optional<LayerTensors> resident, NDArray[] doraScale) {}

    /**
     * A decoder of this model.
     *
     * @param cacheBytes what the cache of one sequence may take
     */
    public Decoder(Kernels kernels, LlamaModel model, long cacheBytes) {
        this(kernels, model, cacheBytes, CHUNK);
    }

    Decoder(Kernels kernels, LlamaModel model, long cacheBytes, int chunk) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.model = model;
        this.config = model.config();
        this.cacheBytes = cacheBytes;
        this.chunk = chunk;
        this.scope = kernels.scope();
        this.positions = new Positions(kernels, config);
        this.head = head();
        this.groups = groups();
    }

    /** An empty cache for one sequence; the caller closes it. */
    public KvCache newCache() {
        return new KvCache(kernels, config, model.precision().product(), cacheBytes);
    }

    /**
     * Takes tokens of one sequence, any number of them.
     *
     * @param cache what the sequence has so far; gets these tokens too
     * @param ids at least one
     * @return logits after the last one [V]; the caller's own
     * @throws IllegalArgumentException for an id outside of the vocabulary
     * @throws CacheFullException when they do not fit; the cache is as before
     */
    public float[] prefill(KvCache cache, int[] ids) {
        if (ids.length == 0) {
            throw new IllegalArgumentException("there must be at least one token to continue from");
        }
        checkIds(ids);
        int length = cache.length() + ids.length;
        cache.reserve(ids.length);
        float[] logits = new float[0];
        for (int from = 0; from < ids.length; from += chunk) {
            int[] part = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + chunk));
            logits = advance(List.of(cache), new int[][] {part}, new int[] {length})[0];
        }
        return logits;
    }

    /**
     * One further token for each of several independent sequences; they share the products with the weights.
     *
     * @return logits of each [S, V]
     */
    public float[][] step(List<KvCache> caches, int[] ids) {
        checkIds(ids);
        int[][] tokens = new int[ids.length][];
        int[] lengths = new int[ids.length];
        for (int s = 0; s < ids.length; s++) {
            caches.get(s).reserve(1);
            tokens[s] = new int[] {ids[s]};
            lengths[s] = caches.get(s).length() + 1;
        }
        return advance(caches, tokens, lengths);
    }

    /**
     * Cuts a cache down to what it shares with a sequence, leaving at least one token of that to be computed.
     *
     * @return how many tokens of the sequence are kept
     */
    int reuse(KvCache cache, int[] sequence) {
        int kept = Math.min(cache.commonPrefix(sequence), sequence.length - 1);
        if (kept > 0 && !positions.sameFrequencies(cache.longest(), sequence.length)) {
            kept = 0; // by dynamic scaling a longer sequence has other keys
        }
        cache.truncate(Math.max(kept, 0));
        return cache.length();
    }

    /** Tensors that live as long as this decoder; for tests against leaks. */
    int size() {
        return scope.size() + positions.size();
    }

    private float[][] advance(List<KvCache> caches, int[][] tokens, int[] lengths) {
        int sequences = tokens.length;
        long[] starts = new long[sequences + 1];
        long[] past = new long[sequences];
        for (int s = 0; s < sequences; s++) {
            starts[s + 1] = starts[s] + tokens[s].length;
            past[s] = caches.get(s).length();
        }
        long[] ids = Arrays.stream(tokens).flatMapToInt(Arrays::stream).asLongStream().toArray();
        float[] logits;
        try (TensorScope step = kernels.scope()) {
            Row rows = positions.rows(step, starts, past, lengths);
            NDArray x = kernels.decodeEmbed(step, ids, model.embedding().tensor());
            for (LayerGroup group : groups) {
                x = layers(step, x, rows, past, caches, group);
            }
            logits = transfer.toFloats(kernels.decodeLogits(
                    step, x, starts, model.norm().tensor(), head, model.precision().product(), config.rmsNormEps()));
        }
        for (int s = 0; s < sequences; s++) {
            caches.get(s).append(tokens[s]);
        }
        if (sequences == 1) {
            return new float[][] {logits};
        }
        int vocabulary = logits.length / sequences;
        return IntStream.range(0, sequences)
                .mapToObj(s -> Arrays.copyOfRange(logits, s * vocabulary, (s + 1) * vocabulary))
                .toArray(float[][]::new);
    }

    private NDArray layers(
            TensorScope owner, NDArray x, Row rows, long[] past, List<KvCache> caches, LayerGroup group) {
        List<NDArray> keys = new ArrayList<>();
        List<NDArray> values = new ArrayList<>();
        for (int layer = group.first(); layer < group.end(); layer++) {
            for (KvCache cache : caches) {
                keys.add(cache.keys(layer));
                values.add(cache.values(layer));
            }
        }
        return kernels.decodeLayers(
                owner,
                x,
                rows,
                past,
                keys.toArray(NDArray[]::new),
                values.toArray(NDArray[]::new),
                group.resident().orElseGet(() -> model.tensors(group.first())),
                group.doraScale(),
                config.headDim(),
                config.rmsNormEps());
    }

    /** All layers at once where they are stored as products need them; else one by one through the model's buffers. */
    private List<LayerGroup> groups() {
        int layers = config.numHiddenLayers();
        DType product = model.precision().product();
        boolean stored = model.layers().stream()
                .map(DecoderLayer::linears)
                .flatMap(List::stream)
                .allMatch(linear -> linear.weight().dtype() == product);
        if (stored) {
            LayerTensors all = LayerTensors.joined(
                    IntStream.range(0, layers).mapToObj(model::tensors).toList());
            NDArray[] scales = model.layers().stream().flatMap(this::doraScales).toArray(NDArray[]::new);
            return List.of(new LayerGroup(0, layers, Optional.of(all), scales));
        }
        return model.layers().stream()
                .map(layer -> new LayerGroup(
                        layer.index(),
                        layer.index() + 1,
                        Optional.empty(),
                        doraScales(layer).toArray(NDArray[]::new)))
                .toList();
    }

    private NDArray head() {
        Parameter stored = model.head();
        DType product = model.precision().product();
        boolean convert =
                stored.dtype() != product && stored.shape().elements() * product.bytes() <= CONVERTED_HEAD_BYTES;
        return convert ? kernels.convert(scope, stored.tensor(), product) : stored.tensor();
    }

    private Stream<NDArray> doraScales(DecoderLayer layer) {
        return layer.linears().stream().map(this::doraScale);
    }

    /** What DoRA multiplies rows with: magnitude / |W + s B A|. */
    private NDArray doraScale(LinearWeight linear) {
        if (!(linear instanceof LinearWeight.LoraLinear lora) || lora.magnitude().isEmpty()) {
            return kernels.none();
        }
        try (TensorScope inner = kernels.scope()) {
            float[] norm = transfer.toFloats(kernels.doraNorm(
                    inner, lora.weight().tensor(), lora.a().tensor(), lora.b().tensor(), lora.scale()));
            float[] scale = transfer.toFloats(lora.magnitude().get().tensor());
            for (int i = 0; i < scale.length; i++) {
                scale[i] /= norm[i];
            }
            return transfer.floats(scope, TensorShape.of(scale.length), scale);
        }
    }

    private void checkIds(int[] ids) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= config.vocabSize()) {
                throw new IllegalArgumentException("token " + ids[i] + " at position " + i
                        + " is outside of the model's vocabulary of " + config.vocabSize()
                        + "; tokenizer and model do not belong together");
            }
        }
    }

    @Override
    public void close() {
        positions.close();
        scope.close();
    }
}
