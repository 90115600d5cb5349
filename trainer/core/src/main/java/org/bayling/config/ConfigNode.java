package org.bayling.config;

import java.util.List;
import java.util.Map;

/** YAML as it was written: scalars stay text until the type of their key is known, so that {@code no} can be a name. */
sealed interface ConfigNode {
    Origin origin();

    /** The kind in a message: "text", "a list" (or "an empty list") or "a mapping". */
    String kind();

    /**
     * @param text the scalar without its quotes
     * @param quoted true for quoted and block scalars, which are never null
     */
    record Scalar(String text, boolean quoted, Origin origin) implements ConfigNode {
        /** True for a plain {@code null}, {@code ~} or nothing at all. */
        boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public String kind() {
            return "\"" + text + "\"";
        }
    }

    record Sequence(List<ConfigNode> items, Origin origin) implements ConfigNode {
        @Override
        public String kind() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /** @param entries in the order of the file */
    record Mapping(Map<String, Entry> entries, Origin origin) implements ConfigNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** @param keyOrigin where the key itself stands */
    record Entry(Origin keyOrigin, ConfigNode value) {}
}
