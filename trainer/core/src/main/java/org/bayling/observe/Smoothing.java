package org.bayling.observe;

/** Exponential moving average that starts unbiased and passes over what is not finite. */
final class Smoothing {

    private final double keep;
    private double sum;
    private double weight;

    /** @param keep part of the old value kept at each new one, in [0, 1) */
    Smoothing(double keep) {
        this.keep = keep;
    }

    /** Takes the next value and returns the average; NaN before the first finite value. */
    double next(double value) {
        if (Double.isFinite(value)) {
            sum = keep * sum + (1 - keep) * value;
            weight = keep * weight + (1 - keep);
        }
        return weight == 0 ? Double.NaN : sum / weight;
    }
}
