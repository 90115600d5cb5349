/**
 * Multiple-choice questions answered by log-likelihood, with the conventions of lm-evaluation-harness.
 *
 * <p>What is known is kept in a file of {@link org.bayling.evaluation.results} of the format {@code bayling-choice}. An
 * item's key is the SHA-256 (first 32 hexadecimal digits) of the ids of all its requests, so that data, prompt,
 * examples, tokenizer and truncation are part of it; its fields are {@code {"place":P,"ll":[...],"unconditional":[...]}}:
 * P says where the question was read from, {@code ll} has the log-likelihood of each option in nats, {@code
 * unconditional} that of each choice without context where a metric asked for it.
 */
package org.bayling.evaluation.choice;
