package org.bayling.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.checkpoint.TensorSource;
import org.bayling.checkpoint.TensorStore;
import org.bayling.io.AtomicDirectory;
import org.bayling.numeric.Bfloat16;
import org.bayling.numeric.DType;
import org.bayling.numeric.Float16;
import org.bayling.numeric.TensorShape;

/**
 * A model with rows for more tokens in its embedding and, where that is a table of its own, in its output head. A new
 * row is the mean of the rows of the pieces that stood for its token before: summed in their order and divided in fp32,
 * rounded once to the table's dtype. All other values are the model's, bit by bit. The model stays the caller's; memory is
 * that of a few rows.
 */
public final class VocabularyExtension implements TensorSource {
    private static final Set<String> TABLES = Set.of(HfNames.EMBED_TOKENS + ".weight", HfNames.LM_HEAD + ".weight");

    private final TensorStore store;
    private final TensorSource unchanged;
    private final ObjectNode config;
    private final List<TensorStore.Entry> tensors = new ArrayList<>();
    private final int firstId;
    private final List<int[]> oldPieces;

    /**
     * @param model what is extended; quantised tensors become fp32, all others keep their dtype
     * @param firstId id of the first new token
     * @param oldPieces for each new token the ids, below {@code firstId}, whose rows its row is the mean of
     * @throws InvalidModelException when the tables do not have the rows that the configuration tells, or fewer than
     *     {@code firstId}
     */
    public VocabularyExtension(ModelFiles model, int firstId, List<int[]> oldPieces) {
        this.store = model.tensors();
        this.unchanged = TensorSource.of(store);
        this.firstId = firstId;
        this.oldPieces = List.copyOf(oldPieces);
        LlamaConfig old = LlamaConfig.of(model.config(), model.path().toString());
        if (firstId > old.vocabSize()) {
            throw new InvalidModelException(model.path() + ": the tokenizer has " + firstId + " ids, but the model's "
                    + "vocab_size is " + old.vocabSize() + "; they do not belong together");
        }
        this.config = model.config().deepCopy();
        config.put("vocab_size", Math.max(old.vocabSize(), firstId + oldPieces.size()));
        Map<String, TensorShape> before = HfNames.tensors(old);
        HfNames.tensors(LlamaConfig.of(config, model.path().toString())).forEach((name, shape) -> {
            TensorStore.Entry stored = store.entry(name);
            if (!stored.shape().equals(before.get(name))) {
                throw new InvalidModelException(model.path() + ": tensor " + name + " has the shape " + stored.shape()
                        + ", but by the configuration it must be " + before.get(name));
            }
            tensors.add(TensorStore.Entry.of(name, stored.dtype(), shape));
        });
    }

    /** Rows of the new tables: {@code vocab_size}. */
    public int vocabSize() {
        return config.get("vocab_size").intValue();
    }

    /** Bytes of all weights. */
    public long bytes() {
        return tensors.stream().mapToLong(TensorStore.Entry::bytes).sum();
    }

    /**
     * Writes the whole model into a directory that the caller publishes.
     *
     * @param sideFiles with the tokenizer that has the new tokens
     */
    public void writeInto(AtomicDirectory directory, SideFiles sideFiles, long maxShardBytes) throws IOException {
        new HfModelWriter(config, sideFiles.generationConfig(), sideFiles.files(), tensors, this, maxShardBytes)
                .writeInto(directory);
    }

    @Override
    public void write(TensorStore.Entry tensor, Sink sink) throws IOException {
        if (!TABLES.contains(tensor.name())) {
            unchanged.write(tensor, sink);
            return;
        }
        long oldRows = store.entry(tensor.name()).shape().get(0);
        copyRows(tensor, 0, firstId, sink);
        for (int[] pieces : oldPieces) {
            sink.write(mean(tensor, pieces));
        }
        copyRows(tensor, firstId + oldPieces.size(), oldRows, sink);
    }

    /** Rows that stay: those of the old tokens, and what is left of rows that no token had. */
    private void copyRows(TensorStore.Entry tensor, long from, long to, Sink sink) throws IOException {
        int width = Math.toIntExact(tensor.shape().get(1));
        long step = Math.max(1, (1 << 20) / width);
        for (long row = from; row < to; row += step) {
            int rows = (int) Math.min(step, to - row);
            TensorStore.Entry stored = store.entry(tensor.name());
            if (stored.plain()) {
                int rowBytes = width * tensor.dtype().bytes();
                sink.write(store.view(tensor.name(), row * rowBytes, rows * rowBytes));
            } else {
                ByteBuffer fp32 = direct(4 * rows * width);
                store.readFp32(tensor.name(), row * width, fp32);
                sink.write(fp32);
            }
        }
    }

    private ByteBuffer mean(TensorStore.Entry tensor, int[] pieces) throws IOException {
        int width = Math.toIntExact(tensor.shape().get(1));
        float[] sum = new float[width];
        ByteBuffer row = direct(4 * width);
        for (int piece : pieces) {
            store.readFp32(tensor.name(), (long) piece * width, row);
            for (int i = 0; i < width; i++) {
                sum[i] += row.getFloat(4 * i);
            }
        }
        ByteBuffer mean = direct(width * tensor.dtype().bytes());
        for (float value : sum) {
            put(mean, tensor.dtype(), value / pieces.length);
        }
        return mean.flip();
    }

    private static void put(ByteBuffer into, DType dtype, float value) {
        switch (dtype) {
            case F32 -> into.putFloat(value);
            case BF16 -> into.putShort(Bfloat16.fromFloat(value));
            case F16 -> into.putShort(Float16.fromFloat(value));
            default -> throw new InvalidModelException("a table of " + dtype + " cannot take new rows; "
                    + "expected F32, BF16 or F16");
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
