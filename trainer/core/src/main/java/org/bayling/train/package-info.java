/**
 * The loop: a row through the layers and back, a step of micro-batches, a run with its checkpoints.
 *
 * <p>A run directory ({@code output_dir}) holds
 * <ul>
 *   <li>{@code config.resolved.yaml}: every key with its value and where it came from
 *   <li>{@code provenance.json}: versions, threads, what products ran in; bytes and SHA-256 of each file of the {@code
 *       base}, of the {@code adapter} that was started from, and of the {@code datasets}; SHA-256 of the chat template
 *   <li>{@code log.jsonl}: one row a step, the source of truth; {@code trainer_state.json}, {@code tensorboard/} and
 *       {@code report.html} are made from the same events
 *   <li>{@code tokens/}: token caches of the data sets
 *   <li>{@code step-<n>/}: checkpoints; {@code best}: the name of the one with the lowest evaluation loss, when {@code
 *       load_best_model_at_end} is on
 * </ul>
 *
 * <p>A checkpoint is a Hugging Face model directory (full tuning) or a PEFT adapter directory (LoRA) with its tokenizer
 * and the chat template that is trained with, and beside that
 * <ul>
 *   <li>{@code optimizer.safetensors}: flat F32 tensors named {@code exp_avg/<parameter>/<first>-<end>}, {@code
 *       exp_avg_sq/...} and, where weights are stored in 16 bits, {@code master/...}; the range says which elements of
 *       the flattened parameter a tensor holds, so that any number of ranks can read it
 *   <li>{@code training_state.json}: see {@link org.bayling.train.TrainState}
 *   <li>{@code manifest.json}, written last: {@code format_version} 1, {@code step}, and for each file its bytes, CRC-32C
 *       and SHA-256
 * </ul>
 *
 * <p>It is written under another name, forced to disk, renamed, and read again before an older one may go. A folder
 * without a sound manifest is no checkpoint; the newest one that verifies is used and damaged ones are set aside as
 * {@code .bad}. Order of data, dropout and noise are functions of the seed and the position, so no generator is saved.
 */
package org.bayling.train;
