package org.bayling.evaluation.alignment;

/** How the states of a sentence's tokens become one vector. */
public enum Pooling {
    /** Their mean. */
    MEAN {
        @Override
        void pool(float[] hidden, int first, int end, int size, float[] into, int at) {
            double[] sums = new double[size];
            for (int t = first; t < end; t++) {
                for (int j = 0; j < size; j++) {
                    sums[j] += hidden[t * size + j];
                }
            }
            for (int j = 0; j < size; j++) {
                into[at + j] = (float) (sums[j] / (end - first));
            }
        }
    },
    /** The last token's, which has seen all the others. */
    LAST {
        @Override
        void pool(float[] hidden, int first, int end, int size, float[] into, int at) {
            System.arraycopy(hidden, (end - 1) * size, into, at, size);
        }
    };

    /**
     * Pools one sentence.
     *
     * @param hidden [tokens, size]
     * @param first token of the sentence
     * @param end the token after its last
     * @param at where in {@code into} the vector goes
     */
    abstract void pool(float[] hidden, int first, int end, int size, float[] into, int at);
}
