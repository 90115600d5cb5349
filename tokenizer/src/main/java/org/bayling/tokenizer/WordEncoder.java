package org.bayling.tokenizer;

import java.util.List;

/**
 * A tokenizer.json that gives ids word by word, a word being what its pre-tokenizer makes of a text. No added token is
 * told from ordinary text unless the file names it. Safe for use from many threads; must be closed.
 */
public final class WordEncoder implements AutoCloseable {
    private final NativeTokenizer tokenizer;

    /**
     * @param tokenizerJson bytes of a tokenizer.json
     * @param name of the file, for messages
     * @throws TokenizerException when it cannot be used
     */
    public WordEncoder(byte[] tokenizerJson, String name) {
        TokenizerJson.parse(tokenizerJson, name); // the native library trusts what it is given
        tokenizer = new NativeTokenizer(tokenizerJson, name);
    }

    /**
     * The ids of each word of a text; a text without a pre-tokenizer is one word.
     *
     * @throws MalformedTextException when the text holds a lone surrogate
     */
    public List<int[]> words(String text) {
        Utf8.requireWellFormed(text);
        return tokenizer.encodeWords(text);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
