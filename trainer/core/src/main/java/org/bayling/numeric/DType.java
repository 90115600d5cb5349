package org.bayling.numeric;

import java.util.Optional;

/**
 * What a number is, on disk and on the device.
 *
 * <p>{@link #safetensorsName()} is the spelling in a safetensors header, {@link #torchCode()} the scalar type code that
 * {@code torch.to(x, code)} takes in a kernel, {@link #huggingFaceName()} the spelling of {@code torch_dtype} in
 * {@code config.json}.
 */
public enum DType {
    F64("F64", 8, 7, "float64"),
    F32("F32", 4, 6, "float32"),
    F16("F16", 2, 5, "float16"),
    BF16("BF16", 2, 15, "bfloat16"),
    I64("I64", 8, 4, "int64"),
    I32("I32", 4, 3, "int32"),
    I16("I16", 2, 2, "int16"),
    I8("I8", 1, 1, "int8"),
    U8("U8", 1, 0, "uint8"),
    BOOL("BOOL", 1, 11, "bool");

    private final String safetensorsName;
    private final int bytes;
    private final int torchCode;
    private final String huggingFaceName;

    DType(String safetensorsName, int bytes, int torchCode, String huggingFaceName) {
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
        this.torchCode = torchCode;
        this.huggingFaceName = huggingFaceName;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** The spelling in a safetensors header, for example {@code BF16}. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** ATen's scalar type code. */
    public int torchCode() {
        return torchCode;
    }

    /** The spelling in a Hugging Face {@code config.json}, for example {@code bfloat16}. */
    public String huggingFaceName() {
        return huggingFaceName;
    }

    /** True for the types that hold fractions. */
    public boolean isFloating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** The type of that safetensors name, or empty for one this engine does not hold (F8, U16, ...). */
    public static Optional<DType> ofSafetensorsName(String name) {
        for (DType type : values()) {
            if (type.safetensorsName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type of that Hugging Face name; a leading {@code torch.} is allowed. */
    public static Optional<DType> ofHuggingFaceName(String name) {
        String plain = name.startsWith("torch.") ? name.substring("torch.".length()) : name;
        for (DType type : values()) {
            if (type.huggingFaceName.equals(plain)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
