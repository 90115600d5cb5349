package org.bayling.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.SafetensorsWriter;
import org.bayling.checkpoint.TensorStore;
import org.bayling.data.Batch;
import org.bayling.io.FaultPoint;
import org.bayling.model.LlamaModel;
import org.bayling.model.Parameter;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.optim.GradientBuffer;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/**
 * Logits, loss sum and the gradient of the loss sum for given rows of tokens: what any other framework can be held
 * against.
 *
 * <p>Input file: {@code input_ids} and {@code labels}, I64 [rows, tokens]; labels are aligned with the tokens, -100 is
 * untrained, and the shift happens here. Output file: {@code logits} F32 [rows, tokens, V] and {@code grad.<name>} F32
 * for every trained parameter, by its Hugging Face or PEFT name.
 */
public final class GradientInspection implements AutoCloseable {
    private final Kernels kernels;
    private final LlamaModel model;
    private final LayerwiseBackprop backprop;
    private final LossHead head;
    private final GradientBuffer gradients;
    private final HostTransfer transfer;

    public GradientInspection(Kernels kernels, LlamaModel model) {
        this.kernels = kernels;
        this.model = model;
        this.backprop = new LayerwiseBackprop(kernels, model, 0);
        this.head = new LossHead(kernels, model);
        this.gradients = new GradientBuffer(kernels, model);
        this.transfer = new HostTransfer(kernels);
    }

    /**
     * One row.
     *
     * @param labels aligned with the tokens
     * @param starts first token of each document packed in the row, and the row's length
     */
    public record InputRow(int[] tokens, int[] labels, int[] starts) {

        /** Labels shifted inside each document. */
        int[] shifted() {
            int[] shifted = new int[labels.length];
            Arrays.fill(shifted, Batch.UNTRAINED);
            for (int d = 0; d + 1 < starts.length; d++) {
                for (int t = starts[d]; t + 1 < starts[d + 1]; t++) {
                    shifted[t] = labels[t + 1];
                }
            }
            return shifted;
        }
    }

    /**
     * What was computed.
     *
     * @param logits of each row, fp32 [tokens * V]
     * @param gradients by parameter name, in the model's order
     */
    public record Result(double lossSum, long trainedTokens, List<float[]> logits, Map<String, float[]> gradients) {}

    /** Reads rows of an input file. */
    public static List<InputRow> read(Path file, Optional<int[]> rows, Optional<int[]> documents, long vocabulary)
            throws IOException {
        try (SafetensorsFile store = SafetensorsFile.open(file)) {
            TensorStore.Entry ids = matrix(file, store, "input_ids");
            TensorStore.Entry labels = matrix(file, store, "labels");
            if (!ids.shape().equals(labels.shape())) {
                throw new IllegalArgumentException(file + ": input_ids " + ids.shape() + " and labels " + labels.shape()
                        + " must have one shape");
            }
            int count = Math.toIntExact(ids.shape().get(0));
            int tokens = Math.toIntExact(ids.shape().get(1));
            int[] starts = starts(documents, tokens);
            List<InputRow> result = new ArrayList<>();
            for (int row : rows.orElseGet(() -> IntStream.range(0, count).toArray())) {
                if (row < 0 || row >= count) {
                    throw new IllegalArgumentException(file + ": row " + row + " was asked for, it has " + count);
                }
                int[] rowIds = row(store, "input_ids", row, tokens);
                int[] rowLabels = row(store, "labels", row, tokens);
                checkRange(file, row, rowIds, 0, vocabulary);
                checkRange(file, row, rowLabels, Batch.UNTRAINED, vocabulary);
                result.add(new InputRow(rowIds, rowLabels, starts));
            }
            return result;
        }
    }

    /** Computes rows one after another and adds up. */
    public Result run(List<InputRow> rows) {
        gradients.zero();
        double lossSum = 0;
        long trained = 0;
        List<float[]> logits = new ArrayList<>();
        for (InputRow row : rows) {
            try (TensorScope scope = kernels.scope()) {
                LayerwiseBackprop.Pass pass =
                        backprop.forward(scope, row.tokens(), row.starts(), LayerwiseBackprop.Noise.NONE, true);
                logits.add(logits(scope, kernels.narrow(scope, pass.output(), 0, 0, row.tokens().length)));
                LossHead.Result loss = head.run(scope, pass.output(), row.shifted(), Optional.of(gradients), 1);
                for (float value : loss.losses()) {
                    lossSum += value;
                }
                trained += loss.losses().length;
                loss.gradient().ifPresent(g -> backprop.backward(scope, pass, g, gradients));
            }
        }
        Map<String, float[]> byName = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters().trained()) {
            byName.put(parameter.name(), transfer.toFloats(gradients.of(parameter)));
        }
        return new Result(lossSum, trained, logits, byName);
    }

    /** Writes a result as the class comment says. */
    public void write(Path file, Result result, int tokens) throws IOException {
        List<TensorStore.Entry> entries = new ArrayList<>();
        TensorShape logits = TensorShape.of(result.logits().size(), tokens, model.config().vocabSize());
        entries.add(new TensorStore.Entry("logits", DType.F32, logits, "F32"));
        for (Parameter parameter : model.parameters().trained()) {
            entries.add(new TensorStore.Entry("grad." + parameter.name(), DType.F32, parameter.shape(), "F32"));
        }
        SafetensorsWriter.write(
                file,
                entries,
                Map.of(),
                (tensor, sink) -> {
                    if (tensor.name().equals("logits")) {
                        for (float[] row : result.logits()) {
                            sink.write(littleEndian(row));
                        }
                    } else {
                        sink.write(littleEndian(
                                result.gradients().get(tensor.name().substring("grad.".length()))));
                    }
                },
                FaultPoint.NONE);
    }

    private float[] logits(TensorScope scope, NDArray output) {
        try (TensorScope inner = scope.child()) {
            NDArray normalised = kernels.rmsNorm(
                    inner, output, model.norm().tensor(), model.config().rmsNormEps());
            return transfer.toFloats(kernels.logits(
                    inner, normalised, model.head().tensor(), model.precision().product()));
        }
    }

    private static ByteBuffer littleEndian(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static TensorStore.Entry matrix(Path file, TensorStore store, String name) {
        TensorStore.Entry entry = store.entry(name);
        if (entry.dtype() != DType.I64 || entry.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    file + ": " + name + " must be I64 [rows, tokens], found " + entry.stored() + " " + entry.shape());
        }
        return entry;
    }

    private static int[] row(TensorStore store, String name, int row, int tokens) throws IOException {
        LongBuffer values =
                store.view(name, 8L * row * tokens, 8 * tokens).asLongBuffer();
        int[] result = new int[tokens];
        for (int t = 0; t < tokens; t++) {
            result[t] = Math.toIntExact(values.get(t));
        }
        return result;
    }

    private static int[] starts(Optional<int[]> documents, int tokens) {
        int[] first = documents.orElse(new int[] {0});
        int[] starts = Arrays.copyOf(first, first.length + 1);
        starts[first.length] = tokens;
        for (int d = 0; d < first.length; d++) {
            if (first[0] != 0 || starts[d] >= starts[d + 1]) {
                throw new IllegalArgumentException("documents must begin with 0 and rise below the row's " + tokens
                        + " tokens, got " + Arrays.toString(first));
            }
        }
        return starts;
    }

    private static void checkRange(Path file, int row, int[] values, int lowest, long vocabulary) {
        for (int t = 0; t < values.length; t++) {
            if (values[t] >= vocabulary || values[t] < lowest || values[t] < 0 && values[t] != lowest) {
                throw new IllegalArgumentException(file + ": row " + row + ", token " + t + ": id " + values[t]
                        + " is outside the vocabulary of " + vocabulary);
            }
        }
    }

    @Override
    public void close() {
        gradients.close();
    }
}
