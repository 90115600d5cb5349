package org.bayling.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.io.CorruptFileException;
import org.bayling.io.UnsupportedFileException;

/** Typed, checked access to the metadata of a GGUF file. */
record GgufMetadata(Path path, Map<String, Object> values) {
    private static final String ARCHITECTURE = "general.architecture";

    /** Refuses every architecture but {@code llama}, naming it. */
    void requireLlama() throws CorruptFileException, UnsupportedFileException {
        String architecture = text(ARCHITECTURE).orElseThrow(() -> missing(ARCHITECTURE, "\"llama\""));
        if (!architecture.equals("llama")) {
            throw new UnsupportedFileException(path, ARCHITECTURE, "\"" + architecture + "\"", "\"llama\"");
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> text(String key) throws CorruptFileException {
        if (!has(key)) {
            return Optional.empty();
        }
        if (values.get(key) instanceof String text) {
            return Optional.of(text);
        }
        throw wrong(key, "a string");
    }

    /** An integer from 1 to 2^31 - 1; an array is taken where all its elements are equal (one value for each layer). */
    long count(String key) throws CorruptFileException {
        Object value = values.get(key);
        if (value == null) {
            throw missing(key, "an integer >= 1");
        }
        if (value instanceof List<?> perLayer && perLayer.stream().distinct().count() == 1) {
            value = perLayer.get(0);
        }
        if (value instanceof Long count && count >= 1 && count <= Integer.MAX_VALUE) {
            return count;
        }
        throw wrong(key, "an integer >= 1, the same for all layers");
    }

    long count(String key, long otherwise) throws CorruptFileException {
        return has(key) ? count(key) : otherwise;
    }

    /** A token id. */
    Optional<Long> tokenId(String key) throws CorruptFileException {
        if (!has(key)) {
            return Optional.empty();
        }
        if (values.get(key) instanceof Long id && id >= 0 && id <= Integer.MAX_VALUE) {
            return Optional.of(id);
        }
        throw wrong(key, "a token id");
    }

    /** A finite number above 0, with the fewest digits that name the same fp32. */
    double positive(String key, double otherwise) throws CorruptFileException {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        double number = value instanceof Float f
                ? Double.parseDouble(f.toString())
                : value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (number > 0 && number < Double.POSITIVE_INFINITY) {
            return number;
        }
        throw wrong(key, "a finite number above 0");
    }

    CorruptFileException wrong(String key, String expected) {
        return new CorruptFileException(path, "metadata key '" + key + "'", shown(values.get(key)), expected);
    }

    private CorruptFileException missing(String key, String expected) {
        return new CorruptFileException(path, "metadata key '" + key + "'", "nothing", expected);
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
