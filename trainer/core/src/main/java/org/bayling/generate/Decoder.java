package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bayling.model.LlamaConfig;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.Row;
import org.bayling.tensor.TensorScope;

/**
 * The model over cached sequences: takes new tokens, gives the logits that follow.
 *
 * <p>A sequence's logits are the same, to the last bit, whatever is computed beside it: its tokens are cut at fixed
 * positions, attention looks at each sequence alone, and products treat rows alike (see {@code kernels/decode.py}).
 *
 * <p>Products run in the model's product dtype, in which the cache is kept too. When weights change, a new decoder is
 * needed (it keeps copies). Confined to the kernels' thread; closing it leaves model and kernels alone.
 */
public final class Decoder implements AutoCloseable {
    /** Positions at which a prompt is cut are multiples of this, and some early ones. */
    static final int PIECE = 64;

    /** A chat template opens all prompts with a few tokens; cuts right behind them let these be shared. */
    private static final int[] EARLY_CUTS = {16, 24, 32};

    /** Rows that go through the layers at a time; bounds the memory of long prompts. */
    private static final int ROWS = 512;

    /** Rows of logits that losses are computed of at a time. */
    private static final int LOSSES = 128;

    /** Room that a sequence has at first where it may take the whole budget. */
    private static final int FIRST_TOKENS = 64;

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final LlamaModel model;
    private final LlamaConfig config;
    private final long cacheBytes;
    private final int pieceLength;
    private final Positions positions;
    private final GenerationWeights weights;

    /**
     * A decoder of this model.
     *
     * @param cacheBytes what a cache of it may take
     */
    public Decoder(Kernels kernels, LlamaModel model, long cacheBytes) {
        this(kernels, model, cacheBytes, PIECE, true);
    }

    /** @param pack whether weights may be packed */
    Decoder(Kernels kernels, LlamaModel model, long cacheBytes, int pieceLength, boolean pack) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.model = model;
        this.config = model.config();
        this.cacheBytes = cacheBytes;
        this.pieceLength = pieceLength;
        this.positions = new Positions(kernels, config);
        this.weights = new GenerationWeights(kernels, model, pack);
    }

    LlamaConfig config() {
        return config;
    }

    Kernels kernels() {
        return kernels;
    }

    /** An empty cache for one sequence, which may take the whole budget; the caller closes it. */
    public KvCache newCache() {
        return newCache(1, FIRST_TOKENS, (int) Math.min(1 << 30, cacheBytes / bytesPerToken()));
    }

    /** An empty cache for so many sequences of at most so many tokens each; the caller closes it. */
    KvCache newCache(int slots, int tokens) {
        return newCache(slots, tokens, tokens);
    }

    private KvCache newCache(int slots, int firstTokens, int mostTokens) {
        return new KvCache(kernels, config, model.precision().product(), slots, firstTokens, mostTokens);
    }

    /** What a cache may take. */
    long cacheBytes() {
        return cacheBytes;
    }

    /** What a token of a sequence takes in all layers. */
    long bytesPerToken() {
        return KvCache.bytesPerToken(config, model.precision().product());
    }

    /**
     * Takes tokens of the sequence in the first slot, any number of them.
     *
     * @param cache what the sequence has so far; gets these tokens too
     * @param ids at least one
     * @return logits after the last one [V]; the caller's own
     * @throws IllegalArgumentException for an id outside of the vocabulary
     * @throws CacheFullException when they do not fit; the cache is as before
     */
    public float[] prefill(KvCache cache, int[] ids) {
        try (TensorScope scope = kernels.scope()) {
            return transfer.toFloats(prefill(scope, cache, new int[] {0}, List.of(ids)).get(0));
        }
    }

    /**
     * Takes tokens of several sequences, any number of each.
     *
     * @param ids for each of the slots, at least one
     * @return logits after the last token of each, several sequences at a time [n, V], in order
     */
    List<NDArray> prefill(TensorScope owner, KvCache cache, int[] slots, List<int[]> ids) {
        List<NDArray> logits = new ArrayList<>();
        List<Piece> waiting = new ArrayList<>();
        int rows = 0;
        for (Piece piece : pieces(cache, slots, ids)) {
            if (rows > 0 && rows + piece.ids().length > ROWS) {
                advance(owner, cache, waiting).ifPresent(logits::add);
                waiting.clear();
                rows = 0;
            }
            waiting.add(piece);
            rows += piece.ids().length;
        }
        advance(owner, cache, waiting).ifPresent(logits::add);
        return logits;
    }

    /**
     * Takes tokens of the sequence in the first slot, and tells how likely given ones are after some of them.
     *
     * @param ids at least one
     * @param rows of {@code ids}, in any order and as often as wanted [N]
     * @param targets ids that would follow there [N]
     * @return −ln p of each target, nats [N]
     */
    float[] losses(KvCache cache, int[] ids, int[] rows, int[] targets) {
        float[] losses = new float[targets.length];
        List<Piece> waiting = new ArrayList<>();
        int begin = 0;
        int end = 0;
        for (Piece piece : pieces(cache, new int[] {0}, List.of(ids))) {
            if (end > begin && end - begin + piece.ids().length > ROWS) {
                losses(cache, waiting, begin, rows, targets, losses);
                waiting.clear();
                begin = end;
            }
            waiting.add(piece);
            end += piece.ids().length;
        }
        losses(cache, waiting, begin, rows, targets, losses);
        return losses;
    }

    /** Runs pieces whose first token is row {@code begin}; puts the losses after their tokens into their places. */
    private void losses(KvCache cache, List<Piece> pieces, int begin, int[] rows, int[] targets, float[] losses) {
        int end = begin + pieces.stream().mapToInt(piece -> piece.ids().length).sum();
        int[] own = IntStream.range(0, rows.length)
                .filter(i -> rows[i] >= begin && rows[i] < end)
                .toArray();
        try (TensorScope step = kernels.scope()) {
            NDArray x = hidden(step, cache, pieces);
            if (own.length > 0) {
                int[] at = Arrays.stream(own).map(i -> rows[i] - begin).toArray();
                int[] next = Arrays.stream(own).map(i -> targets[i]).toArray();
                float[] found = losses(step, kernels.selectRows(step, x, transfer.ids(step, at)), next);
                for (int i = 0; i < own.length; i++) {
                    losses[own[i]] = found[i];
                }
            }
        }
        pieces.forEach(piece -> cache.append(piece.slot(), piece.ids()));
    }

    private float[] losses(TensorScope step, NDArray rows, int[] targets) {
        NDArray[] result = kernels.headLoss(
                step,
                rows,
                transfer.ids(step, targets),
                model.norm().tensor(),
                model.head().tensor(),
                model.precision().product(),
                config.rmsNormEps(),
                LOSSES,
                false,
                1,
                kernels.none(),
                kernels.none());
        return transfer.toFloats(result[0]);
    }

    /**
     * One further token for each of several independent sequences; they share the products with the weights.
     *
     * @param slots ascending
     * @return logits of each [slots, V]
     */
    NDArray step(TensorScope owner, KvCache cache, int[] slots, int[] ids) {
        List<Piece> pieces = new ArrayList<>();
        for (int s = 0; s < slots.length; s++) {
            checkIds(ids[s]);
            cache.reserve(slots[s], 1);
            int past = cache.length(slots[s]);
            pieces.add(new Piece(slots[s], past, new int[] {ids[s]}, past + 1));
        }
        return advance(owner, cache, pieces).orElseThrow();
    }

    /**
     * Cuts the first slot of a cache down to what it shares with a sequence, leaving at least one token of that to be
     * computed.
     *
     * @return how many tokens of the sequence are kept
     */
    int reuse(KvCache cache, int[] sequence) {
        int kept = reusable(cache, 0, sequence, sequence.length);
        cache.truncate(0, kept);
        return kept;
    }

    /** How many tokens of a sequence that is going to have this length a slot holds already; never all of them. */
    int reusable(KvCache cache, int slot, int[] sequence, int length) {
        int kept = Math.min(cache.commonPrefix(slot, sequence), sequence.length - 1);
        // by dynamic scaling a longer sequence has other keys
        return kept > 0 && positions.sameFrequencies(cache.longest(slot), length) ? kept : 0;
    }

    /** Tensors that live as long as this decoder; for tests against leaks. */
    int size() {
        return weights.size() + positions.size();
    }

    /** The last position, at most this one, at which every prompt is cut; 0 before the first. */
    static int lastCut(int position) {
        int early = Arrays.stream(EARLY_CUTS).filter(cut -> cut <= position).max().orElse(0);
        return Math.max(early, position / PIECE * PIECE);
    }

    private int nextCut(int position) {
        return Arrays.stream(EARLY_CUTS)
                .filter(cut -> cut > position)
                .findFirst()
                .orElse((position / pieceLength + 1) * pieceLength);
    }

    /** Cuts new tokens at fixed positions, and makes room for them. */
    private List<Piece> pieces(KvCache cache, int[] slots, List<int[]> ids) {
        List<Piece> pieces = new ArrayList<>();
        for (int s = 0; s < slots.length; s++) {
            int[] tokens = ids.get(s);
            if (tokens.length == 0) {
                throw new IllegalArgumentException("there must be at least one token to continue from");
            }
            checkIds(tokens);
            cache.reserve(slots[s], tokens.length);
            int past = cache.length(slots[s]);
            int length = past + tokens.length;
            for (int from = past; from < length; ) {
                int to = Math.min(length, nextCut(from));
                pieces.add(new Piece(slots[s], from, Arrays.copyOfRange(tokens, from - past, to - past), length));
                from = to;
            }
        }
        return pieces;
    }

    /** Runs pieces through the layers; logits of the sequences that end here, if any do. */
    private Optional<NDArray> advance(TensorScope owner, KvCache cache, List<Piece> pieces) {
        int[] ends = ends(pieces);
        Optional<NDArray> logits = Optional.empty();
        try (TensorScope step = kernels.scope()) {
            NDArray x = hidden(step, cache, pieces);
            if (ends.length > 0) {
                logits = Optional.of(kernels.narrow(owner, logits(step, x, ends), 0, 0, ends.length));
            }
        }
        pieces.forEach(piece -> cache.append(piece.slot(), piece.ids()));
        return logits;
    }

    /** What the last layer gives for the tokens of pieces, and perhaps rows behind them that mean nothing. */
    private NDArray hidden(TensorScope step, KvCache cache, List<Piece> pieces) {
        int[] ids = pieces.stream().map(Piece::ids).flatMapToInt(Arrays::stream).toArray();
        int rows = weights.rows(ids.length);
        long[] filled = Arrays.stream(Arrays.copyOf(ids, rows)).asLongStream().toArray();
        return layers(step, kernels.decodeEmbed(step, filled, model.embedding().tensor()), cache, pieces, rows);
    }

    private NDArray layers(TensorScope step, NDArray embedded, KvCache cache, List<Piece> pieces, int rows) {
        int[] at = pieces.stream().flatMapToInt(piece -> places(piece, 0)).toArray();
        int[] inCache = pieces.stream()
                .flatMapToInt(piece -> places(piece, piece.slot() * cache.capacity()))
                .toArray();
        Row rope = positions.rows(step, pieces, at, rows);
        NDArray ownPositions = transfer.ids(step, at);
        NDArray cachePositions = transfer.ids(step, inCache);
        long[] spans = spans(cache, pieces);
        NDArray x = embedded;
        for (int group = 0; group < weights.groupCount(); group++) {
            x = kernels.decodeLayers(
                    step,
                    x,
                    rope,
                    spans,
                    ownPositions,
                    cachePositions,
                    cache.layers().layers(weights.firstLayer(group), weights.endLayer(group)),
                    weights.weights(group),
                    config.numAttentionHeads(),
                    config.rmsNormEps());
        }
        return x;
    }

    private static IntStream places(Piece piece, int offset) {
        return IntStream.range(offset + piece.past(), offset + piece.end());
    }

    private NDArray logits(TensorScope step, NDArray x, int[] rows) {
        long[] filled = Arrays.stream(Arrays.copyOf(rows, weights.rows(rows.length)))
                .asLongStream()
                .toArray();
        return kernels.decodeLogits(
                step,
                x,
                filled,
                model.norm().tensor(),
                weights.packedHead(),
                weights.head(),
                model.precision().product(),
                config.rmsNormEps());
    }

    /** Rows of the last tokens of sequences. */
    private static int[] ends(List<Piece> pieces) {
        List<Integer> ends = new ArrayList<>();
        int row = 0;
        for (Piece piece : pieces) {
            row += piece.ids().length;
            if (piece.last()) {
                ends.add(row - 1);
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What attention runs over: single tokens of slots that follow each other together, longer pieces alone. */
    private static long[] spans(KvCache cache, List<Piece> pieces) {
        List<long[]> spans = new ArrayList<>();
        long row = 0;
        for (Piece piece : pieces) {
            int tokens = piece.ids().length;
            int length = cache.attentionLength(piece.end());
            long[] last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            boolean together = last != null
                    && tokens == 1
                    && last[3] == 1
                    && last[4] == length
                    && last[1] + last[2] == piece.slot();
            if (together) {
                last[2]++;
            } else {
                spans.add(new long[] {row, piece.slot(), 1, tokens, length});
            }
            row += tokens;
        }
        return spans.stream().flatMapToLong(Arrays::stream).toArray();
    }

    /** @throws IllegalArgumentException for an id outside of the vocabulary */
    void checkIds(int... ids) {
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
        weights.close();
    }
}
