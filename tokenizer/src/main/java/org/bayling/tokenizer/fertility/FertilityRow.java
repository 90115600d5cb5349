package org.bayling.tokenizer.fertility;

import java.util.OptionalDouble;

/**
 * What a tokenizer needs for one language, or one document of it.
 *
 * @param byteTokens tokens that stand for less than a character
 * @param relative tokens over those of the reference language for the same content; empty where there is none
 */
public record FertilityRow(
        String language,
        String document,
        long texts,
        long characters,
        long words,
        long tokens,
        long byteTokens,
        OptionalDouble relative) {

    /** NaN where there is no word. */
    public double tokensPerWord() {
        return (double) tokens / words;
    }

    /** NaN where there is no character. */
    public double tokensPerCharacter() {
        return (double) tokens / characters;
    }

    /** Share of byte tokens; NaN where there is no token. */
    public double byteShare() {
        return (double) byteTokens / tokens;
    }
}
