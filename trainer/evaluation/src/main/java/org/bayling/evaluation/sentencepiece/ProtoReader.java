package org.bayling.evaluation.sentencepiece;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The fields of a protocol buffer's message, one after the other. */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer bytes;
    private int field;
    private int type;
    private long number;
    private ByteBuffer content;

    ProtoReader(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Goes to the next field; false at the end.
     *
     * @throws IllegalArgumentException when the bytes are no message
     */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        switch (type) {
            case VARINT -> number = varint();
            case FIXED_64 -> {
                need(8);
                number = bytes.getLong();
            }
            case FIXED_32 -> {
                need(4);
                number = bytes.getInt();
            }
            case LENGTH -> {
                long length = varint();
                need(length);
                content = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.position(bytes.position() + (int) length);
            }
            default -> throw broken();
        }
        return true;
    }

    /** Number of the field. */
    int field() {
        return field;
    }

    int number() {
        expect(VARINT);
        return (int) number;
    }

    boolean truth() {
        expect(VARINT);
        return number != 0;
    }

    float real() {
        expect(FIXED_32);
        return Float.intBitsToFloat((int) number);
    }

    String text() {
        return new String(array(), StandardCharsets.UTF_8);
    }

    byte[] array() {
        expect(LENGTH);
        byte[] array = new byte[content.remaining()];
        content.duplicate().get(array);
        return array;
    }

    ProtoReader message() {
        expect(LENGTH);
        return new ProtoReader(content);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            need(1);
            byte part = bytes.get();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private void need(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw broken();
        }
    }

    private void expect(int expected) {
        if (type != expected) {
            throw broken();
        }
    }

    private static IllegalArgumentException broken() {
        return new IllegalArgumentException("these bytes are no protocol buffer");
    }
}
