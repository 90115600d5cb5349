package org.bayling.data;

/**
 * One micro-batch: several documents laid one after another in one row of tokens, never seeing each other. Host arrays;
 * nothing here is padded.
 *
 * <p>Document {@code d} holds tokens {@code starts[d]} to {@code starts[d + 1]} (exclusive); positions restart at 0 in
 * each. {@code labels[t]} is the id that token {@code t} must predict, already shifted inside its document, or
 * {@link #UNTRAINED}; the last token of a document never has a label.
 *
 * @param tokens ids, [T]
 * @param labels shifted ids or -100, [T]
 * @param starts first token of each document, and T at the end, [documents + 1]
 * @param groups index into {@link BatchStream#groups()} of each document, [documents]
 * @param samples global sample number of each document, for the log, [documents]
 * @param trainedBytes UTF-8 bytes that the trained tokens of each document stand for, [documents]
 */
public record Batch(int[] tokens, int[] labels, int[] starts, int[] groups, long[] samples, long[] trainedBytes) {

    /** Label of a token without loss. */
    public static final int UNTRAINED = -100;

    /** Number of documents. */
    public int documents() {
        return starts.length - 1;
    }

    /** Number of tokens that have a label. */
    public int trainedTokens() {
        int count = 0;
        for (int label : labels) {
            if (label != UNTRAINED) {
                count++;
            }
        }
        return count;
    }
}
