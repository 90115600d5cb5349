/**
 * Files of text to rows of tokens: read, encoded, cached, mixed, packed, and found again in O(1).
 *
 * <p>{@link org.bayling.data.TrainingData} is the door. What is drawn when is a pure function of (seed, epoch, index):
 * nothing here has a state that a checkpoint would have to hold.
 *
 * <h2>Rows</h2>
 *
 * <p>Files are JSON (an array of objects, streamed), JSON lines, CSV or TSV (with a line of column names; structured
 * fields as JSON text), each plain, gzip or zstd, in strict UTF-8, or Parquet. {@code columns} renames fields.
 *
 * <table border="1">
 *   <caption>formats</caption>
 *   <tr><th>alpaca</th><td>{@code instruction, input?, output, system?, history?: [[question, answer]]}</td></tr>
 *   <tr><th>sharegpt</th><td>{@code conversations: [{from, value, train?}], system?, tools?}; from is system,
 *     human (user), gpt (assistant), function_call, observation (tool)</td></tr>
 *   <tr><th>messages</th><td>{@code messages: [{role, content, tool_calls?, train?}], tools?}</td></tr>
 *   <tr><th>prompt_completion</th><td>{@code prompt, completion}: two texts, or two lists of messages of which only
 *     the completion's are trained</td></tr>
 *   <tr><th>all</th><td>{@code language?}: BCP 47; goes before the data set's</td></tr>
 * </table>
 *
 * <h2>Token cache, version 1</h2>
 *
 * <p>One file for each data set, {@code <name>-<first 16 digits of the key>.tokens}, little-endian, written under a
 * temporary name and renamed when it is complete. One whose checksum, version or key differs is made again.
 *
 * <table border="1">
 *   <caption>layout</caption>
 *   <tr><th>bytes</th><th>content</th></tr>
 *   <tr><td>8</td><td>{@code BAYLTOK\n}</td></tr>
 *   <tr><td>4, 4</td><td>version; 0</td></tr>
 *   <tr><td>4 a token</td><td>samples one after another: bits 0 to 30 the id, bit 31 set when the token is trained</td></tr>
 *   <tr><td>24 a sample</td><td>index: byte offset of the sample (8), tokens (4), tokens with a loss (4), UTF-8 bytes
 *     of those (4), number of its language (4)</td></tr>
 *   <tr><td>any</td><td>footer, JSON: {@code key, samples, tokens, languages, lines, bad_rows, bad_counts}</td></tr>
 *   <tr><td>8, 8, 4</td><td>offset of the index, offset and length of the footer</td></tr>
 *   <tr><td>4</td><td>CRC-32C of all bytes before</td></tr>
 * </table>
 *
 * <p>The key is a SHA-256 over the content and endings of the files, format, columns, language, {@code max_samples},
 * {@code cutoff_len}, {@code overlong}, the encoder's fingerprint (tokenizer files, template, masking, template
 * variables) and the version of this format.
 *
 * <p>History: version 1, first.
 */
package org.bayling.data;
