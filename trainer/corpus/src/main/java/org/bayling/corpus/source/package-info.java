/**
 * Raw data as it comes: instruction sets, parallel and multi-parallel text, multiple choice.
 *
 * <p>{@link org.bayling.corpus.source.SourceRecipes} reads the recipe's {@code sources},
 * {@link org.bayling.corpus.source.Sources} opens them. Everything is streamed and in strict UTF-8; files may be plain,
 * gzip or zstd. A fault ends the reading with a {@link org.bayling.data.DataException} that names file and line.
 *
 * <h2>Recipe, list {@code sources}</h2>
 *
 * <p>Every entry has {@code id}, {@code kind}, {@code licence} and, but for CLDR, {@code path}: a file, or a list;
 * folders and globs where the format is JSON, CSV or Parquet.
 *
 * <table border="1">
 *   <caption>kinds</caption>
 *   <tr><th>kind</th><th>keys</th><th>data</th></tr>
 *   <tr><td>instructions</td><td>{@code format: alpaca | sharegpt | messages | prompt_completion}, {@code language?},
 *     {@code columns?}, {@code group?: zh | en | cross-lingual}</td><td>as in training: {@link org.bayling.data}</td></tr>
 *   <tr><td>parallel</td><td>{@code format: lines | tsv | jsonl | tmx}, {@code languages: [a, b]} (not needed where the
 *     data names them), {@code unit?: sentence | document | name}</td><td>{@code lines}: two files, line for line;
 *     {@code tsv}: two columns, no header, no quoting; {@code jsonl}: {@code {src_lang, tgt_lang, src, tgt}},
 *     {@code {translation: {en, zh}}}, or the languages as keys; {@code tmx}: TMX 1.4</td></tr>
 *   <tr><td>multi-parallel</td><td>{@code format: flores | declarations}, {@code languages?}</td><td>{@code flores}: a
 *     folder with one file for each language, its code between the dots of the name; {@code declarations}:
 *     {@code {code, bcp47, iso639_3, name, sections: {"1": [paragraph, ..]}}}, one language a line</td></tr>
 *   <tr><td>choice</td><td>{@code language?}, else from the file's name</td><td>{@code {premise, choice1, choice2,
 *     question: cause | effect, label, idx?}}</td></tr>
 *   <tr><td>cldr</td><td>{@code categories?}, {@code languages?}, {@code largest_number?: 1000},
 *     {@code dates?: 1000}</td><td>ICU4J's CLDR</td></tr>
 * </table>
 */
package org.bayling.corpus.source;
