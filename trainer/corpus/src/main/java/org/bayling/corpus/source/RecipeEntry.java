package org.bayling.corpus.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One entry of {@code sources}, its keys taken one by one; what is wrong goes into a list, reading goes on. */
final class RecipeEntry {
    private final JsonNode entry;
    private final String where;
    private final List<String> problems;
    private final Set<String> taken = new LinkedHashSet<>();

    RecipeEntry(JsonNode entry, String where, List<String> problems) {
        this.entry = entry;
        this.where = where;
        this.problems = problems;
    }

    String text(String key) {
        return optional(key).orElseGet(() -> {
            problem(key, "is missing");
            return "";
        });
    }

    Optional<String> optional(String key) {
        taken.add(key);
        JsonNode value = entry.get(key);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode() || value.asText().isBlank()) {
            problem(key, "expected a text, got " + value);
            return Optional.empty();
        }
        // YAML 1.1 reads the bare code of Norwegian as a boolean.
        return Optional.of(value.isBoolean() ? (value.booleanValue() ? "yes" : "no") : value.asText());
    }

    /** A list of texts, or one text alone. */
    List<String> texts(String key) {
        taken.add(key);
        JsonNode value = entry.get(key);
        List<String> texts = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(item -> texts.add(item.isBoolean() ? (item.booleanValue() ? "yes" : "no") : item.asText()));
        } else {
            optional(key).ifPresent(texts::add);
        }
        return texts;
    }

    List<String> paths() {
        List<String> paths = texts("path");
        if (paths.isEmpty()) {
            problem("path", "is missing");
        }
        return paths;
    }

    int count(String key, int otherwise) {
        taken.add(key);
        JsonNode value = entry.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < 0) {
            problem(key, "expected a whole number from 0 on, got " + value);
            return otherwise;
        }
        return value.intValue();
    }

    Map<String, String> map(String key) {
        taken.add(key);
        Map<String, String> map = new HashMap<>();
        JsonNode value = entry.path(key);
        if (!value.isMissingNode() && !value.isObject()) {
            problem(key, "expected names and values, got " + value);
        }
        value.properties().forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }

    /** A constant by its name in lower case, {@code -} and {@code _} alike. */
    <E extends Enum<E>> Optional<E> constant(String key, String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name.replace('-', '_'))) {
                return Optional.of(constant);
            }
        }
        if (!name.isEmpty()) {
            problem(key, "is '" + name + "', expected one of "
                    + String.join(", ", Arrays.stream(type.getEnumConstants()).map(this::written).toList()));
        }
        return Optional.empty();
    }

    private String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void problem(String key, String what) {
        problems.add(where + "." + key + ": " + what);
    }

    /** Complains about keys that nobody asked for. */
    void finish() {
        entry.properties().forEach(field -> {
            if (!taken.contains(field.getKey())) {
                problem(field.getKey(), "unknown key; known here are " + String.join(", ", taken));
            }
        });
    }
}
