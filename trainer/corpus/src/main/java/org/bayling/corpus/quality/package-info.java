/**
 * What is left out of a corpus: damaged, mismatched, repeated and evaluation texts, counted by filter and language.
 *
 * <p>The order of work: {@link org.bayling.corpus.quality.QualityFilters#of} (each item alone, on any thread), then
 * {@link org.bayling.corpus.quality.Decontamination}, then
 * {@link org.bayling.corpus.quality.QualityFilters#duplicates} in source order; a
 * {@link org.bayling.corpus.quality.QualityGate} asks them one after another and keeps the
 * {@link org.bayling.corpus.quality.FilterReport}.
 */
package org.bayling.corpus.quality;
