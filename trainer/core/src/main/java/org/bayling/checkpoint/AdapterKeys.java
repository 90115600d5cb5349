package org.bayling.checkpoint;

import java.util.Optional;

/** How PEFT names the tensors of an adapter file; {@code module} is a Hugging Face path without {@code .weight}. */
public final class AdapterKeys {
    /** What PEFT puts before every name of the base model. */
    public static final String PREFIX = "base_model.model.";

    private static final String LORA_A = ".lora_A.weight";
    private static final String LORA_B = ".lora_B.weight";
    private static final String MAGNITUDE = ".lora_magnitude_vector";

    /** What a tensor of an adapter is. */
    public enum Part {
        /** [r, in]. */
        LORA_A,
        /** [out, r]. */
        LORA_B,
        /** DoRA's norms, [out]. */
        MAGNITUDE,
        /** A fully trained parameter of {@code modules_to_save}. */
        SAVED
    }

    /**
     * A name taken apart.
     *
     * @param part what the tensor is
     * @param name the module for the parts of a LoRA; the whole parameter name ({@code lm_head.weight}) for a saved one
     */
    public record Parsed(Part part, String name) {}

    private AdapterKeys() {}

    /** {@code base_model.model.<module>.lora_A.weight}. */
    public static String loraA(String module) {
        return PREFIX + module + LORA_A;
    }

    /** {@code base_model.model.<module>.lora_B.weight}. */
    public static String loraB(String module) {
        return PREFIX + module + LORA_B;
    }

    /** {@code base_model.model.<module>.lora_magnitude_vector}; without {@code .weight}. */
    public static String magnitude(String module) {
        return PREFIX + module + MAGNITUDE;
    }

    /** {@code base_model.model.<parameter>} for a parameter of {@code modules_to_save}. */
    public static String saved(String parameter) {
        return PREFIX + parameter;
    }

    /** Takes a name of an adapter file apart; empty when it is none of PEFT's LoRA names. */
    public static Optional<Parsed> parse(String key) {
        if (!key.startsWith(PREFIX) || key.contains(".lora_embedding_")) {
            return Optional.empty();
        }
        String rest = key.substring(PREFIX.length());
        if (rest.endsWith(LORA_A)) {
            return Optional.of(new Parsed(Part.LORA_A, cut(rest, LORA_A)));
        }
        if (rest.endsWith(LORA_B)) {
            return Optional.of(new Parsed(Part.LORA_B, cut(rest, LORA_B)));
        }
        if (rest.endsWith(MAGNITUDE)) {
            return Optional.of(new Parsed(Part.MAGNITUDE, cut(rest, MAGNITUDE)));
        }
        return rest.contains(".lora_") ? Optional.empty() : Optional.of(new Parsed(Part.SAVED, rest));
    }

    private static String cut(String text, String end) {
        return text.substring(0, text.length() - end.length());
    }
}
