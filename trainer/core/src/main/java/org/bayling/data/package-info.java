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
 * <h2>Corpus, version 1</h2>
 *
 * <p>A folder that {@code corpus build} writes. A data set whose path is such a folder, told by its manifest, is read in
 * the order of its shards, and the losses of its samples are logged by task and group too.
 *
 * <table border="1">
 *   <caption>files</caption>
 *   <tr><th>{@code manifest.json}</th><td>written last, so that a corpus without it is none. {@code format}:
 *     {@code bayling-corpus}; {@code version}; {@code samples}; {@code samples_per_shard}; {@code samples_per_frame};
 *     {@code seed}; {@code recipe_sha256}, {@code inputs_sha256}: of what it was made from; {@code sources}: id, licence,
 *     items; {@code groups}, {@code languages}, {@code tasks}, {@code directions}: samples of each; {@code shards}: file,
 *     samples, bytes, sha256; {@code files}: bytes and sha256 of the other files</td></tr>
 *   <tr><th>{@code shard-00000.jsonl.zst}, ...</th><td>one sample a line, Zstandard's seekable format: independent
 *     frames of {@code samples_per_frame} lines each (the last may have fewer), each with a content checksum, then a
 *     skippable frame with the seek table. {@code zstd -dc} prints them</td></tr>
 *   <tr><th>{@code plan.json}</th><td>{@code figures}: what the numbers are, candidates, samples planned and realised,
 *     characters; {@code cells}: {@code {group: {language: {task: {direction: [numbers]}}}}}</td></tr>
 *   <tr><th>{@code statistics.json}</th><td>what {@code corpus report} shows besides: lengths, scripts, losses of the
 *     filters with examples, names of languages</td></tr>
 *   <tr><th>{@code contaminated.jsonl}</th><td>what decontamination removed: {@code source, item, language,
 *     reason}</td></tr>
 *   <tr><th>{@code recipe.yaml}</th><td>the recipe as it was given</td></tr>
 * </table>
 *
 * <p>A line is an object with {@code messages} (a list of {@code role}, {@code content}), {@code language},
 * {@code task}, {@code group}, {@code direction}, {@code template}, {@code source}, {@code item}.
 *
 * <table border="1">
 *   <caption>seek table, little-endian, at the end of a shard</caption>
 *   <tr><th>bytes</th><th>content</th></tr>
 *   <tr><td>4, 4</td><td>{@code 0x184D2A5E}; bytes that follow</td></tr>
 *   <tr><td>8 a frame</td><td>compressed size (4), content size (4)</td></tr>
 *   <tr><td>4, 1, 4</td><td>number of frames; descriptor 0; {@code 0x8F92EAB1}</td></tr>
 * </table>
 *
 * <h2>Token cache, version 2</h2>
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
 *     of those (4), number of its tags (4)</td></tr>
 *   <tr><td>any</td><td>footer, JSON: {@code key, samples, tokens, tags, lines, bad_rows, bad_counts}</td></tr>
 *   <tr><td>8, 8, 4</td><td>offset of the index, offset and length of the footer</td></tr>
 *   <tr><td>4</td><td>CRC-32C of all bytes before</td></tr>
 * </table>
 *
 * <p>The key is a SHA-256 over the content and endings of the files, whether they are a corpus, format, columns, language, {@code max_samples},
 * {@code cutoff_len}, {@code overlong}, the encoder's fingerprint (tokenizer files, template, masking, template
 * variables) and the version of this format.
 *
 * <p>History: version 1, first; version 2, tags of corpora in place of languages.
 */
package org.bayling.data;
