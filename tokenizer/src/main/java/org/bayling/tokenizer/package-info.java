/**
 * Text to token ids and back, with Hugging Face's own tokenizers library underneath.
 *
 * <p>A {@link org.bayling.tokenizer.Tokenizer} is made from a {@code tokenizer.json} (checked by {@link
 * org.bayling.tokenizer.TokenizerJsonLint} before the native library sees it) or from the metadata of a GGUF file
 * ({@link org.bayling.tokenizer.GgufTokenizer}). It never truncates and never pads. Text written by people is encoded
 * with {@code encodeOrdinary}, in which no string can become a control token.
 */
package org.bayling.tokenizer;
