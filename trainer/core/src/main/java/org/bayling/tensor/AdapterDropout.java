package org.bayling.tensor;

/**
 * Dropout in front of the adapters of one layer.
 *
 * @param probability 0 is off
 * @param seeds one for each of the seven projections; a mask is drawn from its seed alone
 */
public record AdapterDropout(double probability, long[] seeds) {
    /** No dropout: evaluation, generation. */
    public static AdapterDropout off() {
        return new AdapterDropout(0, new long[7]);
    }
}
