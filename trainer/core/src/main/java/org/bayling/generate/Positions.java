package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
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
     * Tables of the rows of several pieces, filled up with others to {@code count} rows.
     *
     * @param positions of the pieces' rows
     */
    Row rows(TensorScope owner, List<Piece> pieces, int[] positions, int count) {
        if (!pieces.stream().allMatch(piece -> rope.sameFrequencies(1, piece.sequenceLength()))) {
            return own(owner, pieces, count);
        }
        extend(Arrays.stream(positions).max().orElse(0) + 1);
        NDArray rows = transfer.ids(owner, Arrays.copyOf(positions, count));
        return new Row(
                kernels.selectRows(owner, table.cos(), rows),
                kernels.selectRows(owner, table.sin(), rows),
                new long[] {0, count});
    }

    int size() {
        return scope.size();
    }

    private Row own(TensorScope owner, List<Piece> pieces, int count) {
        TensorShape shape = TensorShape.of(count, 1, headDim);
        NDArray cos = kernels.zeros(owner, shape, DType.F32);
        NDArray sin = kernels.zeros(owner, shape, DType.F32);
        int row = 0;
        for (Piece piece : pieces) {
            int tokens = piece.ids().length;
            Row part = rope.continuation(owner, piece.past(), tokens, piece.sequenceLength());
            kernels.copy(kernels.narrow(owner, cos, 0, row, tokens), part.cos());
            kernels.copy(kernels.narrow(owner, sin, 0, row, tokens), part.sin());
            row += tokens;
        }
        return new Row(cos, sin, new long[] {0, count});
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
