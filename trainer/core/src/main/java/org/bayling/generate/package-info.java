/**
 * Tokens out: a key/value cache, sampling, beams, stop rules, streaming and conversations.
 *
 * <p>{@link org.bayling.generate.Decoder} computes the next logits of sequences that keep their slots of a {@link
 * org.bayling.generate.KvCache}; {@link org.bayling.generate.Sampler} picks a token as Hugging Face's {@code generate}
 * does. Two loops stand over both: {@link org.bayling.generate.Generator} for one answer that somebody reads while it
 * grows ({@link org.bayling.generate.ChatSession} keeps a conversation), and {@link
 * org.bayling.generate.BatchGenerator} for many prompts, with several draws, beams and forced words.
 *
 * <h2>The same answers at any batch size</h2>
 *
 * Sums of floating-point numbers depend on their order, and libraries choose that by the shape of a product: two nearly
 * equal scores could change places when other prompts run beside. Here a sequence's scores do not depend on its
 * neighbours, to the last bit:
 *
 * <ul>
 *   <li>Products with weights in MKL's packed layout treat a row alike whatever their number, from two rows on; fewer
 *       are filled up. Without packed layout a product takes at most 32 rows (fp32) or 128 (16 bits) at a time, filled
 *       up to a multiple of 16.
 *   <li>A prompt is cut at fixed positions (16, 24, 32 and multiples of 64), wherever its beginning comes from;
 *       attention runs over each sequence's own keys, to its own length rounded up to a multiple of 32.
 *   <li>Functions whose rounding depends on how threads share the elements run on one thread.
 * </ul>
 *
 * The first is measured on processors with AVX-512; where MKL has AVX2 only it takes {@code MKL_CBWR=AUTO,STRICT}, MKL's
 * mode of strict reproducibility, in the environment of the process: launcher and tests set it. Tests compare every bit.
 */
package org.bayling.generate;
