/**
 * Run events and where they go. Imports numeric and io only.
 *
 * <h2>{@code log.jsonl}</h2>
 *
 * The source of truth of a run: UTF-8, one JSON object a line, one line for each event, each written at once. Every
 * other file here ({@code trainer_state.json}, {@code report.html}) can be made from it again. {@code logging_steps}
 * does not thin it out: every optimizer step has a row, so that no step's groups, skips or sample ids are lost; the
 * console, {@code trainer_state.json} and TensorBoard show windows of {@code logging_steps} steps.
 *
 * <p>Every row has {@code event} and {@code current_steps} (the step that it belongs to). A number that is not finite
 * is the string {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}, and its row has {@code "nonfinite": true}.
 *
 * <table><caption>Rows</caption>
 * <tr><th>event</th><th>further keys, in order</th></tr>
 * <tr><td>start</td><td>total_steps, first_step, epochs, directory, settings{}</td></tr>
 * <tr><td>step</td><td>total_steps, loss, lr, epoch, percentage, total_tokens, tokens, trained_tokens, grad_norm,
 *     skipped, sample_digest, groups{name: {loss, tokens, bytes, bits_per_byte}}; then the wall-time keys
 *     elapsed_time, remaining_time, throughput, step_time, rss_bytes</td></tr>
 * <tr><td>eval</td><td>total_steps, eval_loss, epoch, percentage, trained_tokens, samples, best, groups{}; then
 *     elapsed_time, remaining_time, step_time</td></tr>
 * <tr><td>save</td><td>checkpoint, bytes; then step_time</td></tr>
 * <tr><td>warning</td><td>message</td></tr>
 * <tr><td>end</td><td>outcome, message; then step_time</td></tr>
 * </table>
 *
 * Losses are nats a token; {@code percentage} is of 100; {@code throughput} is real tokens a second over the newest
 * steps; {@code elapsed_time} and {@code remaining_time} are {@code H:MM:SS} texts, elapsed being the time of all
 * steps, evaluations and checkpoints of all parts of a resumed run; {@code step_time} is seconds. {@code rss_bytes}
 * is absent where the system does not tell it, {@code bytes} and {@code bits_per_byte} where bytes are unknown. The
 * last key of every row is {@code time}, in UTC.
 *
 * <p>A run resumed at step k first drops, in one atomic replacement of the file, all rows with {@code current_steps}
 * greater than k and a last line that a dying process left half-written. Rows of {@code step} and {@code eval} then
 * equal those of an uninterrupted run byte for byte once the wall-time keys are taken out:
 * {@code jq -c 'select(.event=="step" or .event=="eval")
 * | del(.elapsed_time,.remaining_time,.throughput,.step_time,.rss_bytes,.time)'}, which is
 * {@link org.bayling.observe.JsonlLog#comparable}.
 *
 * <h2>{@code tensorboard/events.out.tfevents.*}</h2>
 *
 * Records of TensorFlow's {@code Event} message. A record is: length (uint64), masked CRC-32C of those 8 bytes
 * (uint32), the message, masked CRC-32C of the message (uint32); all little-endian. Each process part of a run writes
 * a file of its own, which begins with a session start, upon which TensorBoard drops later steps of earlier files.
 */
package org.bayling.observe;
