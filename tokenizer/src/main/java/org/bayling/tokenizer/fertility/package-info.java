/**
 * How many tokens a tokenizer needs for each language.
 *
 * <h2>Figures</h2>
 *
 * <p>Characters are Unicode code points, spaces among them. Words are what ICU's word rules, with dictionaries for
 * languages that write no spaces, find between spaces and punctuation. Tokens are those of each paragraph or line by
 * itself, without what a tokenizer puts around a text. A byte token stands for less than a character: {@code <0xE4>} in
 * vocabularies with byte fall-back, a piece that is no whole UTF-8 in byte-level ones. Relative to English are the
 * tokens of the units (sections, lines) that English has as well, divided by the tokens of English in these.
 *
 * <h2>Input</h2>
 *
 * <p>UTF-8; the command reads plain, gzip and zstd files. {@code LANGUAGE=FILE} is plain text, a text a line; the lines of
 * different languages are units, so such files should be aligned. {@code FILE} alone is JSONL, each line one of:
 * {@code {"language": "de", "text": "...", "unit": "..."}} (unit optional); {@code {"src_lang": "de", "src": "...",
 * "tgt_lang": "en", "tgt": "..."}} (the line is the unit); {@code {"bcp47": "de", "code": "deu_1996", "sections": {"1":
 * ["...", "..."]}}} (a document with a row of its own; sections are the units).
 */
package org.bayling.tokenizer.fertility;
