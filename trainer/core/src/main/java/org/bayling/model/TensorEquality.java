package org.bayling.model;

import java.io.IOException;
import org.bayling.checkpoint.TensorStore;

/** Whether two tensors of a store hold the same bytes. */
final class TensorEquality {
    private static final int BLOCK = 1 << 24;

    private TensorEquality() {}

    static boolean equal(TensorStore store, String one, String other) throws IOException {
        TensorStore.Entry a = store.entry(one);
        TensorStore.Entry b = store.entry(other);
        if (a.dtype() != b.dtype() || !a.shape().equals(b.shape())) {
            return false;
        }
        for (long offset = 0; offset < a.bytes(); offset += BLOCK) {
            int length = (int) Math.min(BLOCK, a.bytes() - offset);
            if (!store.view(one, offset, length).equals(store.view(other, offset, length))) {
                return false;
            }
        }
        return true;
    }
}
