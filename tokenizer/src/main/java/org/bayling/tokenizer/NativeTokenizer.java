package org.bayling.tokenizer;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** One tokenizer of the native library, without truncation and padding. Calls from many threads are safe. */
final class NativeTokenizer implements AutoCloseable {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private long handle;

    /** Loads checked JSON; {@code name} is the file's name for messages. */
    NativeTokenizer(byte[] json, String name) {
        LibUtils.checkStatus();
        try {
            handle = TokenizersLibrary.LIB.createTokenizerFromString(new String(json, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new TokenizerException(
                    name + ": the tokenizers library refuses it: " + TokenizerJson.firstLine(e.getMessage()), e);
        }
        TokenizersLibrary.LIB.disableTruncation(handle);
        TokenizersLibrary.LIB.disablePadding(handle);
    }

    int[] encode(String text, boolean addSpecialTokens) {
        lock.readLock().lock();
        try {
            long encoding = TokenizersLibrary.LIB.encode(open(), text, addSpecialTokens);
            return idsOf(encoding);
        } finally {
            lock.readLock().unlock();
        }
    }

    int[][] encode(String[] texts, boolean addSpecialTokens) {
        lock.readLock().lock();
        try {
            long[] encodings = TokenizersLibrary.LIB.batchEncode(open(), texts, addSpecialTokens);
            int[][] ids = new int[encodings.length][];
            for (int i = 0; i < encodings.length; i++) {
                ids[i] = idsOf(encodings[i]);
            }
            return ids;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Ids by the words of the pre-tokenizer, in their order, without special tokens. */
    List<int[]> encodeWords(String text) {
        lock.readLock().lock();
        try {
            long encoding = TokenizersLibrary.LIB.encode(open(), text, false);
            try {
                return byWord(
                        TokenizersLibrary.LIB.getTokenIds(encoding), TokenizersLibrary.LIB.getWordIds(encoding));
            } finally {
                TokenizersLibrary.LIB.deleteEncoding(encoding);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    private static List<int[]> byWord(long[] ids, long[] words) {
        List<int[]> out = new ArrayList<>();
        for (int from = 0; from < ids.length; ) {
            int to = from + 1;
            while (to < ids.length && words[to] == words[from]) {
                to++;
            }
            int[] word = new int[to - from];
            for (int i = 0; i < word.length; i++) {
                word[i] = (int) ids[from + i];
            }
            out.add(word);
            from = to;
        }
        return out;
    }

    String decode(long[] ids, boolean skipSpecialTokens) {
        lock.readLock().lock();
        try {
            return TokenizersLibrary.LIB.decode(open(), ids, skipSpecialTokens);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (handle != 0) {
                TokenizersLibrary.LIB.deleteTokenizer(handle);
                handle = 0;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private long open() {
        if (handle == 0) {
            throw new IllegalStateException("the tokenizer is closed");
        }
        return handle;
    }

    private static int[] idsOf(long encoding) {
        try {
            long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
            int[] out = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                out[i] = (int) ids[i];
            }
            return out;
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }
}
