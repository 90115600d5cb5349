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

    /** d, 16 bytes: element j in the low half of byte j, element j + 16 in the high half. */
    static void q4_0(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 18;
            int to = block * 32;
            float d = half(in, at);
            for (int j = 0; j < 16; j++) {
                int q = in[at + 2 + j];
                out[to + j] = d * ((q & 0x0f) - 8);
                out[to + j + 16] = d * (((q >> 4) & 0x0f) - 8);
            }
        }
    }

    /** d, m, 16 bytes as in Q4_0. */
    static void q4_1(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 20;
            int to = block * 32;
            float d = half(in, at);
            float m = half(in, at + 2);
            for (int j = 0; j < 16; j++) {
                int q = in[at + 4 + j];
                out[to + j] = d * (q & 0x0f) + m;
                out[to + j + 16] = d * ((q >> 4) & 0x0f) + m;
            }
        }
    }

    /** d, 32 fifth bits, 16 bytes as in Q4_0. */
    static void q5_0(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 22;
            int to = block * 32;
            float d = half(in, at);
            int fifth = int32(in, at + 2);
            for (int j = 0; j < 16; j++) {
                int q = in[at + 6 + j];
                out[to + j] = d * (((q & 0x0f) | ((fifth >>> j) & 1) << 4) - 16);
                out[to + j + 16] = d * ((((q >> 4) & 0x0f) | ((fifth >>> (j + 16)) & 1) << 4) - 16);
            }
        }
    }

    /** d, m, 32 fifth bits, 16 bytes as in Q4_0. */
    static void q5_1(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 24;
            int to = block * 32;
            float d = half(in, at);
            float m = half(in, at + 2);
            int fifth = int32(in, at + 4);
            for (int j = 0; j < 16; j++) {
                int q = in[at + 8 + j];
                out[to + j] = d * ((q & 0x0f) | ((fifth >>> j) & 1) << 4) + m;
                out[to + j + 16] = d * (((q >> 4) & 0x0f) | ((fifth >>> (j + 16)) & 1) << 4) + m;
            }
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
            int at = block * 144;
            float d = half(in, at);
            float dmin = half(in, at + 2);
            for (int pair = 0; pair < 4; pair++) {
                int from = at + 16 + 32 * pair;
                int to = block * QK_K + 64 * pair;
                float d1 = d * scale(in, at + 4, 2 * pair);
                float m1 = dmin * minimum(in, at + 4, 2 * pair);
                float d2 = d * scale(in, at + 4, 2 * pair + 1);
                float m2 = dmin * minimum(in, at + 4, 2 * pair + 1);
                for (int j = 0; j < 32; j++) {
                    int q = in[from + j];
                    out[to + j] = d1 * (q & 0x0f) - m1;
                    out[to + j + 32] = d2 * ((q >> 4) & 0x0f) - m2;
                }
            }
        }
    }

    /** d, dmin, 12 bytes of scales, 32 bytes of fifth bits (bit s of byte j: sub-block s, element j), 128 as in Q4_K. */
    static void q5_k(byte[] in, int blocks, float[] out) {
        for (int block = 0; block < blocks; block++) {
            int at = block * 176;
            float d = half(in, at);
            float dmin = half(in, at + 2);
            for (int pair = 0; pair < 4; pair++) {
                int from = at + 48 + 32 * pair;
                int to = block * QK_K + 64 * pair;
                float d1 = d * scale(in, at + 4, 2 * pair);
                float m1 = dmin * minimum(in, at + 4, 2 * pair);
                float d2 = d * scale(in, at + 4, 2 * pair + 1);
                float m2 = dmin * minimum(in, at + 4, 2 * pair + 1);
                for (int j = 0; j < 32; j++) {
                    int q = in[from + j];
                    int fifth = in[at + 16 + j] >> (2 * pair);
                    out[to + j] = d1 * ((q & 0x0f) | (fifth & 1) << 4) - m1;
                    out[to + j + 32] = d2 * (((q >> 4) & 0x0f) | (fifth & 2) << 3) - m2;
                }
            }
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
