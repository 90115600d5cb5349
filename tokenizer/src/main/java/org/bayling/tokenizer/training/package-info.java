/**
 * Making a vocabulary: byte-level byte-pair encoding (Sennrich et al. 2016; bytes as in GPT-2) learnt from text, and
 * the {@code tokenizer.json} that Hugging Face's tokenizers reads.
 *
 * <p>The same text gives the same bytes on every machine: of pairs that are equally frequent, the one with the lower
 * left id, then the lower right id, is merged first.
 *
 * <p>Also adding pieces to a vocabulary that is there, in the form it has: new merges behind the old ones, and for
 * SentencePiece's form the characters that it lacks.
 */
package org.bayling.tokenizer.training;
