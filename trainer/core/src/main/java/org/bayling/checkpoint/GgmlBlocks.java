package org.bayling.checkpoint;

import org.bayling.numeric.Float16;

/**
 * ggml's block formats, decoded in fp32 with one rounding for each operation, in the order of ggml's reference code, so
 * that the bits are the same. Each block begins where the one before it ends; scales are little-endian halves.
 *
 * <p>The {@code _0} formats hold d and give d * (q - offset); the {@code _1} formats hold d and m and give d * q + m. The
 * K formats cut 256 elements into sub-blocks, each with small integer scales relative to the block's own.
 */
final class GgmlBlocks {
    private static final int QK_K = 256;

    private GgmlBlocks() {}

    private static float half(byte[] in, int at) {
        return Float16.toFloat((short) ((in[at] & 0xff) | (in[at + 1] << 8)));
    }

    private static int int32(byte[] in, int at) {
        return (in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
    }

    /**
     * The codes of 32 elements: four bits each, element j in the low half of byte j, element j + 16 in the high half;
     * and above them bit j of {@code fifth}.
     */
    private static void codes(byte[] in, int at, int fifth, int[] codes) {
        for (int j = 0; j < 16; j++) {
            int q = in[at + j];
            codes[j] = (q & 0x0f) | ((fifth >>> j) & 1) << 4;
            codes[j + 16] = ((q >> 4) & 0x0f) | ((fifth >>> (j + 16)) & 1) << 4;
        }
    }

    /** d, 16 bytes of codes. */
    static void q4_0(byte[] in, int blocks, float[] out) {
        int[] codes = new int[32];
        for (int block = 0; block < blocks; block++) {
            int at = block * 18;
            codes(in, at + 2, 0, codes);
            shifted(codes, half(in, at), 8, out, block * 32);
        }
    }

    /** d, m, 16 bytes of codes. */
    static void q4_1(byte[] in, int blocks, float[] out) {
        int[] codes = new int[32];
        for (int block = 0; block < blocks; block++) {
            int at = block * 20;
            codes(in, at + 4, 0, codes);
            affine(codes, half(in, at), half(in, at + 2), out, block * 32);
        }
    }

    /** d, 32 fifth bits, 16 bytes of codes. */
    static void q5_0(byte[] in, int blocks, float[] out) {
        int[] codes = new int[32];
        for (int block = 0; block < blocks; block++) {
            int at = block * 22;
            codes(in, at + 6, int32(in, at + 2), codes);
            shifted(codes, half(in, at), 16, out, block * 32);
        }
    }

    /** d, m, 32 fifth bits, 16 bytes of codes. */
    static void q5_1(byte[] in, int blocks, float[] out) {
        int[] codes = new int[32];
        for (int block = 0; block < blocks; block++) {
            int at = block * 24;
            codes(in, at + 8, int32(in, at + 4), codes);
            affine(codes, half(in, at), half(in, at + 2), out, block * 32);
        }
    }

    /** The {@code _0} formats. */
    private static void shifted(int[] codes, float d, int offset, float[] out, int to) {
        for (int j = 0; j < 32; j++) {
            out[to + j] = d * (codes[j] - offset);
        }
    }

    /** The {@code _1} formats. */
    private static void affine(int[] codes, float d, float m, float[] out, int to) {
        for (int j = 0; j < 32; j++) {
            out[to + j] = d * codes[j] + m;
        }
    }

    /** d, 32 signed bytes. */
    static void q8_0(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 34 + 2;
            int to = block * 32;
            float d = half(in, at - 2);
            for (int j = 0; j < 32; j++) {
                out[to + j] = d * in[at + j];
            }
        }
    }

    /** The six-bit scale of sub-block {@code j}, packed in twelve bytes from {@code at}. */
    private static int scale(byte[] in, int at, int j) {
        return j < 4 ? in[at + j] & 0x3f : (in[at + j + 4] & 0x0f) | (in[at + j - 4] & 0xc0) >> 2;
    }

    /** The six-bit minimum of sub-block {@code j}, packed in the same twelve bytes. */
    private static int minimum(byte[] in, int at, int j) {
        return j < 4 ? in[at + j + 4] & 0x3f : (in[at + j + 4] >> 4) & 0x0f | (in[at + j] & 0xc0) >> 2;
    }

    /** d, dmin, 12 bytes of scales, 128 bytes: each 32 bytes hold two sub-blocks of 32, low halves first. */
    static void q4_k(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            for (int pair = 0; pair < 4; pair++) {
                subBlocks(in, block * 144, pair, 16, false, out, block * QK_K);
            }
        }
    }

    /** d, dmin, 12 bytes of scales, 32 bytes of fifth bits (bit s of byte j: sub-block s, element j), 128 as in Q4_K. */
    static void q5_k(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            for (int pair = 0; pair < 4; pair++) {
                subBlocks(in, block * 176, pair, 48, true, out, block * QK_K);
            }
        }
    }

    /**
     * Two sub-blocks of 32 of a block of Q4_K or Q5_K.
     *
     * @param low where in the block the four low bits of all elements begin
     * @param fifths whether a fifth bit of each stands from byte 16 on
     */
    private static void subBlocks(byte[] in, int block, int pair, int low, boolean fifths, float[] out, int outBlock) {
        float d = half(in, block);
        float dmin = half(in, block + 2);
        float d1 = d * scale(in, block + 4, 2 * pair);
        float m1 = dmin * minimum(in, block + 4, 2 * pair);
        float d2 = d * scale(in, block + 4, 2 * pair + 1);
        float m2 = dmin * minimum(in, block + 4, 2 * pair + 1);
        int from = block + low + 32 * pair;
        int to = outBlock + 64 * pair;
        for (int j = 0; j < 32; j++) {
            int q = in[from + j];
            int fifth = fifths ? in[block + 16 + j] >> (2 * pair) : 0;
            out[to + j] = d1 * ((q & 0x0f) | (fifth & 1) << 4) - m1;
            out[to + j + 32] = d2 * (((q >> 4) & 0x0f) | (fifth & 2) << 3) - m2;
        }
    }

    /**
     * 128 bytes of low halves, 64 bytes of two upper bits, 16 signed scales, d. Each half of the block takes 64 low bytes
     * and 32 upper bytes and gives four runs of 32 elements with two scales each.
     */
    static void q6_k(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 210;
            float d = half(in, at + 208);
            for (int part = 0; part < 2; part++) {
                int low = at + 64 * part;
                int high = at + 128 + 32 * part;
                int scales = at + 192 + 8 * part;
                int to = block * QK_K + 128 * part;
                for (int j = 0; j < 32; j++) {
                    int scale = scales + j / 16;
                    int upper = in[high + j];
                    int q1 = (in[low + j] & 0x0f) | (upper & 3) << 4;
                    int q2 = (in[low + j + 32] & 0x0f) | ((upper >> 2) & 3) << 4;
                    int q3 = ((in[low + j] >> 4) & 0x0f) | ((upper >> 4) & 3) << 4;
                    int q4 = ((in[low + j + 32] >> 4) & 0x0f) | ((upper >> 6) & 3) << 4;
                    out[to + j] = d * in[scale] * (q1 - 32);
                    out[to + j + 32] = d * in[scale + 2] * (q2 - 32);
                    out[to + j + 64] = d * in[scale + 4] * (q3 - 32);
                    out[to + j + 96] = d * in[scale + 6] * (q4 - 32);
                }
            }
        }
    }
}
