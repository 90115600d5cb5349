/**
 * How likely a model finds texts, with the conventions of lm-evaluation-harness: what multiple-choice questions and
 * perplexity are computed of.
 *
 * <p>What is known is kept in a file of {@link org.bayling.evaluation.results} of the format {@code bayling-likelihood}.
 * An item is a group of requests that are scored together: the options of a question, a window of a document. Its key is
 * the SHA-256 (first 32 hexadecimal digits) of the ids of all its requests, so that data, prompt, examples, tokenizer
 * and truncation are part of it; its fields are {@code {"place":P,"ll":[...]}}: P says where the text was read from,
 * {@code ll} has the log-likelihood of each request in nats.
 */
package org.bayling.evaluation.likelihood;
