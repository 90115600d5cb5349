/**
 * Multiple-choice questions answered by log-likelihood, with the conventions of lm-evaluation-harness.
 *
 * <p>A results file (JSON Lines, UTF-8) holds what has been computed of one model. First line: {@code
 * {"format":"bayling-choice","version":1,"fingerprint":F,"model":M}}; F is that of {@link
 * org.bayling.evaluation.choice.ModelFingerprint}, M is for people. Each further line is one item: {@code {"item":K,
 * "place":P,"ll":[...],"unconditional":[...]}}. K is the SHA-256 (first 32 hexadecimal digits) of the ids of all
 * requests of the item, so that data, prompt, examples, tokenizer and truncation are part of it; P says where the item
 * was read from; {@code ll} has the log-likelihood of each option in nats, {@code unconditional} that of each choice
 * without context where a metric asked for it. Lines are only appended; a last line without its line feed is what a
 * process left that was killed, and is cut off by the next.
 */
package org.bayling.evaluation.choice;
