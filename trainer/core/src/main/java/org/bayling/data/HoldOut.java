package org.bayling.data;

/**
 * Which samples of one data set are held out for evaluation ({@code val_size}), as a pure function of the seed: the
 * first places of a permutation of their own.
 */
final class HoldOut {
    private final long size;
    private final long heldOut;
    private final DataOrder order;

    /**
     * @param size samples of the data set
     * @param heldOut how many of them are held out, fewer than {@code size}
     */
    HoldOut(long seed, long size, long heldOut) {
        if (heldOut < 0 || heldOut >= size) {
            throw new IllegalArgumentException("cannot hold out " + heldOut + " of " + size);
        }
        this.size = size;
        this.heldOut = heldOut;
        this.order = new DataOrder(seed, size);
    }

    long trained() {
        return size - heldOut;
    }

    long heldOut() {
        return heldOut;
    }

    /** Sample number of the i-th training sample. */
    long trainedAt(long i) {
        // Without a split the samples keep their places, so that a run without evaluation does not pay for one.
        return heldOut == 0 ? i : order.at(0, heldOut + i);
    }

    /** Sample number of the i-th held-out sample. */
    long heldOutAt(long i) {
        return order.at(0, i);
    }
}
