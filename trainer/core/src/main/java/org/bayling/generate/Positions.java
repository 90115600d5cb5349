package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import org.bayling.model.LlamaConfig;
import org.bayling.model.RopeTable;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.Row;
import org.bayling.tensor.TensorScope;

/**
 * Rotary tables of sequences that continue at different positions.
 *
 * <p>One table from position 0 is kept and cut; only sequences whose length changes the frequencies (dynamic scaling
 * beyond the trained length) get a table of their own each time.
 */
final class Positions implements AutoCloseable {
    private static final int FIRST_CAPACITY = 256;

    private final Kernels kernels;
    private final HostTransfer transfer;
    private final RopeTable rope;
    private final long headDim;
    private TensorScope scope;
    private Row table;

    Positions(Kernels kernels, LlamaConfig config) {
        this.kernels = kernels;
        this.transfer = new HostTransfer(kernels);
        this.rope = new RopeTable(kernels, config);
        this.headDim = config.headDim();
        this.scope = kernels.scope();
        this.table = rope.continuation(scope, 0, FIRST_CAPACITY, 1);
    }

    /** Whether keys that were cached when the sequence had one length are right when it has the other. */
    boolean sameFrequencies(int length, int other) {
        return rope.sameFrequencies(length, other);
    }

    /**
     * Tables of the rows of several sequences.
     *
     * @param starts first row of each sequence, and the number of rows at the end
     * @param past position of each sequence's first row
     * @param lengths each sequence's length, which decides its frequencies
     */
    Row rows(TensorScope owner, long[] starts, long[] past, int[] lengths) {
        int sequences = past.length;
        int longest = 1;
        boolean plain = true;
        for (int s = 0; s < sequences; s++) {
            longest = Math.max(longest, Math.toIntExact(past[s] + starts[s + 1] - starts[s]));
            plain &= rope.sameFrequencies(1, lengths[s]);
        }
        if (!plain) {
            return own(owner, starts, past, lengths);
        }
        extend(longest);
        if (sequences == 1) {
            return new Row(
                    kernels.narrow(owner, table.cos(), 0, past[0], starts[1]),
                    kernels.narrow(owner, table.sin(), 0, past[0], starts[1]),
                    starts);
        }
        int[] positions = new int[Math.toIntExact(starts[sequences])];
        for (int s = 0; s < sequences; s++) {
            for (long row = starts[s]; row < starts[s + 1]; row++) {
                positions[(int) row] = (int) (past[s] + row - starts[s]);
            }
        }
        NDArray rows = transfer.ids(owner, positions);
        return new Row(
                kernels.selectRows(owner, table.cos(), rows), kernels.selectRows(owner, table.sin(), rows), starts);
    }

    int size() {
        return scope.size();
    }

    private Row own(TensorScope owner, long[] starts, long[] past, int[] lengths) {
        TensorShape shape = TensorShape.of(starts[past.length], 1, headDim);
        NDArray cos = kernels.empty(owner, shape, DType.F32);
        NDArray sin = kernels.empty(owner, shape, DType.F32);
        for (int s = 0; s < past.length; s++) {
            long count = starts[s + 1] - starts[s];
            Row part = rope.continuation(owner, (int) past[s], (int) count, lengths[s]);
            kernels.copy(kernels.narrow(owner, cos, 0, starts[s], count), part.cos());
            kernels.copy(kernels.narrow(owner, sin, 0, starts[s], count), part.sin());
        }
        return new Row(cos, sin, starts);
    }

    private void extend(int tokens) {
        if (tokens <= table.tokens()) {
            return;
        }
        TensorScope larger = kernels.scope();
        table = rope.continuation(larger, 0, (int) Math.max(tokens, 2 * table.tokens()), 1);
        scope.close();
        scope = larger;
    }

    @Override
    public void close() {
        scope.close();
    }
}
