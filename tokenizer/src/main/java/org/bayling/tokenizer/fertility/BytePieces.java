package org.bayling.tokenizer.fertility;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.training.ByteAlphabet;

/** Which tokens of a vocabulary stand for less than a character. */
final class BytePieces {
    private static final String SPACE_IN_BYTE_LEVEL = String.valueOf(ByteAlphabet.of(' '));

    private BytePieces() {}

    static BitSet of(Tokenizer tokenizer) {
        Map<Character, Byte> bytes = new HashMap<>();
        for (int value = 0; value < 256; value++) {
            bytes.put(ByteAlphabet.of(value), (byte) value);
        }
        boolean fallBack = tokenizer.id("<0x00>").isPresent();
        boolean byteLevel = !fallBack && tokenizer.id(SPACE_IN_BYTE_LEVEL).isPresent();
        BitSet pieces = new BitSet();
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            Optional<String> token = tokenizer.token(id);
            boolean part = token.isPresent()
                    && (fallBack && token.get().matches("<0x[0-9A-F]{2}>")
                            || byteLevel && !isWhole(token.get(), bytes));
            pieces.set(id, part);
        }
        return pieces;
    }

    /** Whether the bytes that a piece is written for are whole characters; what is not so written is whole. */
    private static boolean isWhole(String piece, Map<Character, Byte> bytes) {
        byte[] spelt = new byte[piece.length()];
        for (int i = 0; i < spelt.length; i++) {
            Byte value = bytes.get(piece.charAt(i));
            if (value == null) {
                return true;
            }
            spelt[i] = value;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(spelt));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
