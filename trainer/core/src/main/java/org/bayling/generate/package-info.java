/**
 * Tokens out: a key/value cache, sampling, stop rules, streaming and conversations.
 *
 * <p>{@link org.bayling.generate.Decoder} computes the next logits of sequences that keep their {@link
 * org.bayling.generate.KvCache}; {@link org.bayling.generate.Sampler} picks a token as Hugging Face's {@code generate}
 * does; {@link org.bayling.generate.Generator} is the loop over both; {@link org.bayling.generate.ChatSession} keeps a
 * conversation.
 */
package org.bayling.generate;
