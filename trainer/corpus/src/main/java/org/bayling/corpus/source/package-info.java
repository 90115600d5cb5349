/**
 * Raw data as it comes: instruction sets, parallel and multi-parallel text, multiple choice.
 *
 * <p>{@link org.bayling.corpus.source.Sources} opens an entry of the recipe. Everything is streamed and in strict
 * UTF-8; files may be plain, gzip or zstd. A fault ends the reading with a {@link org.bayling.data.DataException} that names
 * file and line.
 *
 * <table border="1">
 *   <caption>formats</caption>
 *   <tr><th>kind</th><th>format</th><th>data</th></tr>
 *   <tr><td>instructions</td><td>alpaca, sharegpt, messages, prompt_completion</td><td>as in training:
 *     {@link org.bayling.data}; folders and globs</td></tr>
 *   <tr><td>parallel</td><td>lines</td><td>two files, line for line</td></tr>
 *   <tr><td></td><td>tsv</td><td>two columns, no header, no quoting</td></tr>
 *   <tr><td></td><td>jsonl</td><td>{@code {src_lang, tgt_lang, src, tgt}}, {@code {translation: {en, zh}}}, or the
 *     source's languages as keys; any format of rows, folders and globs</td></tr>
 *   <tr><td></td><td>tmx</td><td>TMX 1.4; no document type, no entity is read</td></tr>
 *   <tr><td>multi-parallel</td><td>flores</td><td>a folder with one file for each language, line for line; its code
 *     stands between the dots of the name: {@code eng_Latn.dev}, {@code dev.eng_Latn}, {@code eng.devtest}</td></tr>
 *   <tr><td></td><td>declarations</td><td>{@code {code, bcp47, iso639_3, name, sections: {"1": [paragraph, ..]}}},
 *     one language a line</td></tr>
 *   <tr><td>choice</td><td></td><td>{@code {premise, choice1, choice2, question: cause | effect, label, idx?}}; the
 *     language is given or stands in the file's name: {@code val.zh.jsonl}</td></tr>
 *   <tr><td>cldr</td><td></td><td>ICU4J's CLDR, no files</td></tr>
 * </table>
 */
package org.bayling.corpus.source;
