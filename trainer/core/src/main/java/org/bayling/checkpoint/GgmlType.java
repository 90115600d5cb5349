package org.bayling.checkpoint;

import java.util.Map;
import java.util.Optional;
import org.bayling.numeric.DType;

/**
 * How a tensor of a GGUF file is stored: plain elements, or blocks that are decoded to fp32.
 *
 * <p>Names and numbers are ggml's own. {@link #nameOf(int)} also knows the types that are refused.
 */
enum GgmlType {
    F32(0, 1, 4, DType.F32, null),
    F16(1, 1, 2, DType.F16, null),
    BF16(30, 1, 2, DType.BF16, null),
    Q4_0(2, 32, 18, DType.F32, GgmlBlocks::q4_0),
    Q4_1(3, 32, 20, DType.F32, GgmlBlocks::q4_1),
    Q5_0(6, 32, 22, DType.F32, GgmlBlocks::q5_0),
    Q5_1(7, 32, 24, DType.F32, GgmlBlocks::q5_1),
    Q8_0(8, 32, 34, DType.F32, GgmlBlocks::q8_0),
    Q4_K(12, 256, 144, DType.F32, GgmlBlocks::q4_k),
    Q5_K(13, 256, 176, DType.F32, GgmlBlocks::q5_k),
    Q6_K(14, 256, 210, DType.F32, GgmlBlocks::q6_k);

    private static final Map<Integer, String> REFUSED = Map.ofEntries(
            Map.entry(9, "Q8_1"),
            Map.entry(10, "Q2_K"),
            Map.entry(11, "Q3_K"),
            Map.entry(15, "Q8_K"),
            Map.entry(16, "IQ2_XXS"),
            Map.entry(17, "IQ2_XS"),
            Map.entry(18, "IQ3_XXS"),
            Map.entry(19, "IQ1_S"),
            Map.entry(20, "IQ4_NL"),
            Map.entry(21, "IQ3_S"),
            Map.entry(22, "IQ2_S"),
            Map.entry(23, "IQ4_XS"),
            Map.entry(24, "I8"),
            Map.entry(25, "I16"),
            Map.entry(26, "I32"),
            Map.entry(27, "I64"),
            Map.entry(28, "F64"),
            Map.entry(29, "IQ1_M"),
            Map.entry(34, "TQ1_0"),
            Map.entry(35, "TQ2_0"),
            Map.entry(39, "MXFP4"),
            Map.entry(40, "NVFP4"));

    /** Decodes {@code blocks} whole blocks from the start of {@code in} to the start of {@code out}. */
    @FunctionalInterface
    interface Decoder {
        void decode(byte[] in, int blocks, float[] out);
    }

    private final int id;
    private final int blockElements;
    private final int blockBytes;
    private final DType dtype;
    private final Decoder decoder;

    GgmlType(int id, int blockElements, int blockBytes, DType dtype, Decoder decoder) {
        this.id = id;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
        this.dtype = dtype;
        this.decoder = decoder;
    }

    static Optional<GgmlType> of(int id) {
        for (GgmlType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** ggml's name of the number, for messages. */
    static String nameOf(int id) {
        return of(id).map(Enum::name).orElse(REFUSED.getOrDefault(id, "type number " + Integer.toUnsignedString(id)));
    }

    /** True for a number that ggml knows, whether this program decodes it or not. */
    static boolean known(int id) {
        return of(id).isPresent() || REFUSED.containsKey(id);
    }

    int blockElements() {
        return blockElements;
    }

    /** The type of the elements that a reader gets. */
    DType dtype() {
        return dtype;
    }

    boolean quantised() {
        return decoder != null;
    }

    Decoder decoder() {
        return decoder;
    }

    /** Bytes of that many elements, a whole number of blocks. */
    long bytes(long elements) {
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }
}
