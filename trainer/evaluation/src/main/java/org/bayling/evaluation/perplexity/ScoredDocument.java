package org.bayling.evaluation.perplexity;

/** A document and how well it is predicted. */
public record ScoredDocument(TextDocument document, Perplexity perplexity) {}
