package org.bayling.generate;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bayling.tokenizer.Tokenizer;

/**
 * A prompt to answer, independent of others.
 *
 * @param prompt ids, at least one
 * @param forceWordsIds token sequences that must all occur in the answer, transformers' {@code force_words_ids};
 *     usually none. They need {@code num_beams} above 1
 * @param stream what its draws depend on beside the seed; without one its place among the requests. Who answers only
 *     those of many requests that are open yet gives each one its own, so that they draw as if all were answered
 */
public record GenerationRequest(int[] prompt, List<int[]> forceWordsIds, OptionalLong stream) {
    private static final Set<Character.UnicodeScript> UNSPACED = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR,
            Character.UnicodeScript.TIBETAN);

    public GenerationRequest {
        forceWordsIds = List.copyOf(forceWordsIds);
    }

    /** A request without a stream of its own. */
    public GenerationRequest(int[] prompt, List<int[]> forceWordsIds) {
        this(prompt, forceWordsIds, OptionalLong.empty());
    }

    /** A prompt whose answer may be anything. */
    public static GenerationRequest of(int... prompt) {
        return new GenerationRequest(prompt, List.of());
    }

    /**
     * This request with words that the answer must hold, each as it stands within a text: behind a space, where its
     * script writes spaces.
     */
    public GenerationRequest withWords(Tokenizer tokenizer, List<String> words) {
        return new GenerationRequest(
                prompt, words.stream().map(word -> within(tokenizer, word)).toList(), stream);
    }

    public GenerationRequest withStream(long value) {
        return new GenerationRequest(prompt, forceWordsIds, OptionalLong.of(value));
    }

    private static int[] within(Tokenizer tokenizer, String word) {
        boolean spaced = word.isEmpty() || !UNSPACED.contains(Character.UnicodeScript.of(word.codePointAt(0)));
        int[] before = tokenizer.encode(spaced ? "a" : "。", false);
        int[] whole = tokenizer.encode(spaced ? "a " + word : "。" + word, false);
        boolean apart = Arrays.mismatch(before, whole) == before.length;
        return apart ? Arrays.copyOfRange(whole, before.length, whole.length) : tokenizer.encode(word, false);
    }
}
