package org.bayling.train;

/** The measure of all parity tests: the norm of the difference over the norm of the reference. */
public final class Relative {
    private Relative() {}

    public static double error(float[] ours, float[] reference) {
        if (ours.length != reference.length) {
            throw new AssertionError("lengths differ: " + ours.length + " and " + reference.length);
        }
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < ours.length; i++) {
            double d = (double) ours[i] - reference[i];
            difference += d * d;
            norm += (double) reference[i] * reference[i];
        }
        return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
    }

    public static double error(double ours, double reference) {
        return Math.abs(ours - reference) / Math.abs(reference);
    }
}
