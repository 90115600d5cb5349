package org.bayling.evaluation.perplexity;

import java.util.List;

/**
 * How well texts are predicted.
 *
 * @param documents texts
 * @param logLikelihood of all tokens of all texts, nats
 * @param words {@code re.split(r"\s+", text)} counts
 * @param bytes in UTF-8
 */
public record Perplexity(int documents, double logLikelihood, long words, long bytes) {

    static Perplexity of(TextDocument document, double logLikelihood) {
        return new Perplexity(1, logLikelihood, document.words(), document.bytes());
    }

    static Perplexity sum(List<Perplexity> parts) {
        return new Perplexity(
                parts.stream().mapToInt(Perplexity::documents).sum(),
                parts.stream().mapToDouble(Perplexity::logLikelihood).sum(),
                parts.stream().mapToLong(Perplexity::words).sum(),
                parts.stream().mapToLong(Perplexity::bytes).sum());
    }

    /** {@code exp(-logLikelihood / words)}. */
    public double perWord() {
        return Math.exp(-logLikelihood / words);
    }

    /** {@code exp(-logLikelihood / bytes)}. */
    public double perByte() {
        return Math.exp(-logLikelihood / bytes);
    }

    public double bitsPerByte() {
        return -logLikelihood / bytes / Math.log(2);
    }
}
