package org.bayling.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bayling.numeric.DType;
import org.bayling.numeric.Float16;

/** Plain elements of any dtype, widened to fp32. Works through small arrays, where the loops are vectorised. */
final class Fp32Reader {
    private static final int CHUNK = 8192;

    private Fp32Reader() {}

    /** The target as floats; refuses one that native code would read in another byte order. */
    static FloatBuffer floats(ByteBuffer into) {
        if (!into.isDirect() || into.order() != ByteOrder.LITTLE_ENDIAN || into.remaining() % 4 != 0) {
            throw new IllegalArgumentException("readFp32 fills a direct, little-endian buffer of whole fp32 elements, got "
                    + into + " with order " + into.order());
        }
        return into.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** Reads {@code out.remaining()} elements from the start of a little-endian buffer. */
    static void widen(DType dtype, ByteBuffer from, FloatBuffer out) {
        switch (dtype) {
            case F32 -> out.put(from.asFloatBuffer().limit(out.remaining()));
            case BF16 -> widenBfloat16(from.asShortBuffer(), out);
            case F16 -> widenFloat16(from.asShortBuffer(), out);
            case F64 -> {
                for (int i = 0; out.hasRemaining(); i += 8) {
                    out.put((float) from.getDouble(i));
                }
            }
            case I64 -> {
                for (int i = 0; out.hasRemaining(); i += 8) {
                    out.put(from.getLong(i));
                }
            }
            case I32 -> {
                for (int i = 0; out.hasRemaining(); i += 4) {
                    out.put(from.getInt(i));
                }
            }
            case I16 -> {
                for (int i = 0; out.hasRemaining(); i += 2) {
                    out.put(from.getShort(i));
                }
            }
            case I8 -> {
                for (int i = 0; out.hasRemaining(); i++) {
                    out.put(from.get(i));
                }
            }
            case U8, BOOL -> {
                for (int i = 0; out.hasRemaining(); i++) {
                    out.put(from.get(i) & 0xff);
                }
            }
        }
    }

    private static void widenBfloat16(ShortBuffer from, FloatBuffer out) {
        short[] bits = new short[Math.min(CHUNK, out.remaining())];
        float[] floats = new float[bits.length];
        while (out.hasRemaining()) {
            int n = Math.min(bits.length, out.remaining());
            from.get(bits, 0, n);
            for (int i = 0; i < n; i++) {
                floats[i] = Float.intBitsToFloat(bits[i] << 16);
            }
            out.put(floats, 0, n);
        }
    }

    private static void widenFloat16(ShortBuffer from, FloatBuffer out) {
        short[] bits = new short[Math.min(CHUNK, out.remaining())];
        float[] floats = new float[bits.length];
        while (out.hasRemaining()) {
            int n = Math.min(bits.length, out.remaining());
            from.get(bits, 0, n);
            for (int i = 0; i < n; i++) {
                floats[i] = Float16.toFloat(bits[i]);
            }
            out.put(floats, 0, n);
        }
    }
}
