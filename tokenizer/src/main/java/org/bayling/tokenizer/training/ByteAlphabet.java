package org.bayling.tokenizer.training;

import java.nio.charset.StandardCharsets;

/** GPT-2's printable stand-ins: each of the 256 bytes is written as one visible character. */
public final class ByteAlphabet {
    private static final char[] BY_BYTE = build();

    private ByteAlphabet() {}

    /** The stand-in of a byte, 0 to 255. */
    public static char of(int value) {
        return BY_BYTE[value];
    }

    /** The UTF-8 bytes of a text, each as a number from 0 to 255. */
    static int[] ids(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xFF;
        }
        return ids;
    }

    private static char[] build() {
        char[] table = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean visible = value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
            table[value] = (char) (visible ? value : next++);
        }
        return table;
    }
}
