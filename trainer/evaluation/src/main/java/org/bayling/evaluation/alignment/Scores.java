package org.bayling.evaluation.alignment;

/**
 * How near a language is to a pivot in one layer. All compare sentence vectors from which the mean of their language is
 * taken away, so that what a language's vectors have in common does not count.
 *
 * @param cka linear centred kernel alignment (Kornblith et al. 2019), 0 to 1. With fewer sentences than dimensions it
 *     is high for unrelated vectors too: compare equal numbers of sentences only
 * @param cosinePairs mean cosine of translations
 * @param cosineOthers mean cosine of all other pairs of sentences
 * @param toPivot share of the language's sentences whose nearest pivot sentence by cosine is the translation
 * @param fromPivot share of the pivot's sentences whose nearest sentence in the language is the translation
 */
public record Scores(double cka, double cosinePairs, double cosineOthers, double toPivot, double fromPivot) {}
