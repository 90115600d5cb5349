package org.bayling.evaluation.translation;

/**
 * What numbers are rounded to after each operation. sacreBLEU keeps the statistics of resampled texts in NumPy's
 * float32, and what is computed from them stays float32: that decides the last digits of its confidence intervals.
 */
public enum Arithmetic {
    DOUBLE {
        @Override
        public double round(double value) {
            return value;
        }
    },
    SINGLE {
        @Override
        public double round(double value) {
            return (float) value;
        }
    };

    /** The result of one addition, subtraction, multiplication or division, computed in double, in this precision. */
    public abstract double round(double value);
}
