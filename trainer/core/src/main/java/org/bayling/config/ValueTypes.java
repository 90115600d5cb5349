package org.bayling.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The scalar and list types of values; numbers are strict, and numeric text is a number. */
final class ValueTypes {
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");

    private ValueTypes() {}

    /** {@code true} or {@code false} for any spelling of YAML 1.1, else the text itself in lower case. */
    static String canonical(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return TRUE.contains(lower) ? "true" : FALSE.contains(lower) ? "false" : lower;
    }

    /** Any text that is not empty; a Java {@link String}. */
    record Text() implements ValueType {
        @Override
        public String description() {
            return "text";
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            if (node instanceof ConfigNode.Scalar scalar && !scalar.text().isBlank()) {
                return scalar.text();
            }
            return mismatch(node, key, findings, "");
        }

        @Override
        public void schema(ObjectNode into) {
            into.put("type", "string").put("minLength", 1);
        }
    }

    /** A path, taken from the current directory when relative; a Java {@link Path}. */
    record PathText() implements ValueType {
        @Override
        public String description() {
            return "a path";
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            if (!(node instanceof ConfigNode.Scalar scalar) || scalar.text().isBlank()) {
                return mismatch(node, key, findings, "");
            }
            try {
                return Path.of(scalar.text());
            } catch (InvalidPathException e) {
                return mismatch(node, key, findings, e.getReason());
            }
        }

        @Override
        public void schema(ObjectNode into) {
            into.put("type", "string").put("minLength", 1);
        }
    }

    /** A whole number within limits, both included; a Java {@link Long}. */
    record Whole(long min, long max) implements ValueType {
        private static final Pattern DIGITS = Pattern.compile("[-+]?\\d{1,18}");

        @Override
        public String description() {
            String upper = max >= Integer.MAX_VALUE ? "" : " to " + max;
            return "a whole number from " + min + upper;
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            if (!(node instanceof ConfigNode.Scalar scalar)
                    || !DIGITS.matcher(scalar.text()).matches()) {
                return mismatch(node, key, findings, "");
            }
            long value = Long.parseLong(scalar.text());
            return value < min || value > max ? mismatch(node, key, findings, "") : (Object) value;
        }

        @Override
        public void schema(ObjectNode into) {
            into.put("type", "integer").put("minimum", min);
            if (max < Integer.MAX_VALUE) {
                into.put("maximum", max);
            }
        }
    }

    /**
     * A finite number within limits; a Java {@link Double}.
     *
     * @param above true when {@code min} itself is not allowed
     * @param below true when {@code max} itself is not allowed
     */
    record Decimal(double min, boolean above, double max, boolean below) implements ValueType {
        private static final String NUMBER = "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?";
        private static final Pattern PATTERN = Pattern.compile(NUMBER);

        static Decimal positive() {
            return new Decimal(0, true, Double.MAX_VALUE, false);
        }

        static Decimal notNegative() {
            return new Decimal(0, false, Double.MAX_VALUE, false);
        }

        /** From 0 to below 1. */
        static Decimal share() {
            return new Decimal(0, false, 1, true);
        }

        @Override
        public String description() {
            String lower = (above ? "above " : "from ") + plain(min);
            String upper = max == Double.MAX_VALUE ? "" : (below ? " to below " : " to ") + plain(max);
            return "a number " + lower + upper;
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            if (!(node instanceof ConfigNode.Scalar scalar)
                    || scalar.text().length() > 64
                    || !PATTERN.matcher(scalar.text()).matches()) {
                return mismatch(node, key, findings, "");
            }
            double value = Double.parseDouble(scalar.text()) + 0.0; // -0 is 0
            boolean low = above ? value <= min : value < min;
            boolean high = below ? value >= max : value > max;
            return low || high ? mismatch(node, key, findings, "") : (Object) value;
        }

        @Override
        public void schema(ObjectNode into) {
            into.putArray("type").add("number").add("string");
            into.put("pattern", "^" + NUMBER + "$");
            into.put(above ? "exclusiveMinimum" : "minimum", min);
            if (max != Double.MAX_VALUE) {
                into.put(below ? "exclusiveMaximum" : "maximum", max);
            }
        }

        private static String plain(double limit) {
            return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
        }
    }

    /** A truth value as people write it in YAML 1.1; a Java {@link Boolean}. */
    record Flag() implements ValueType {
        @Override
        public String description() {
            return "true or false";
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            String word = node instanceof ConfigNode.Scalar scalar ? canonical(scalar.text()) : "";
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                default -> mismatch(node, key, findings, "");
            };
        }

        @Override
        public void schema(ObjectNode into) {
            into.put("type", "boolean");
        }
    }

    /** One of some names; a Java {@link String}. */
    record Choice(List<String> names) implements ValueType {
        static Choice of(String... names) {
            return new Choice(List.of(names));
        }

        @Override
        public String description() {
            return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            String word = node instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
            if (names.contains(word)) {
                return word;
            }
            boolean off = canonical(word).equals("false") && names.contains("no"); // YAML 1.1 reads no as false
            return off ? "no" : mismatch(node, key, findings, didYouMean(word, names));
        }

        @Override
        public void schema(ObjectNode into) {
            ArrayNode values = into.putArray("enum");
            names.forEach(values::add);
            if (names.contains("no")) {
                values.add(false);
            }
        }
    }

    /** Names as a list or separated by commas, without repetition; a Java {@code List<String>}. */
    record Names() implements ValueType {
        @Override
        public String description() {
            return "a list of names, or names separated by commas";
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            List<String> names = new ArrayList<>();
            if (node instanceof ConfigNode.Scalar scalar) {
                Arrays.stream(scalar.text().split(",")).map(String::strip).forEach(names::add);
            } else if (node instanceof ConfigNode.Sequence sequence) {
                for (ConfigNode item : sequence.items()) {
                    if (!(item instanceof ConfigNode.Scalar scalar)) {
                        return mismatch(item, key, findings, "");
                    }
                    names.add(scalar.text().strip());
                }
            } else {
                return mismatch(node, key, findings, "");
            }
            if (names.stream().anyMatch(String::isEmpty)) {
                findings.problem(node.origin(), key, "an empty name in the list");
                return null;
            }
            return names.stream().distinct().toList();
        }

        @Override
        public void schema(ObjectNode into) {
            into.putArray("type").add("string").add("array");
            into.putObject("items").put("type", "string");
        }
    }

    /** {@code gradient_checkpointing}; a Java {@link PrecisionConfig.Checkpointing}. */
    record Recompute() implements ValueType {
        private static final Pattern LAYERS = Pattern.compile("(\\d{1,6})( layers?)?");

        @Override
        public String description() {
            return "auto, none, full or a number of layers";
        }

        @Override
        public Object read(ConfigNode node, String key, Findings findings) {
            if (!(node instanceof ConfigNode.Scalar scalar)) {
                return mismatch(node, key, findings, "");
            }
            return switch (canonical(scalar.text())) {
                case "auto" -> of(PrecisionConfig.Checkpointing.Mode.AUTO, 0);
                case "none", "false" -> of(PrecisionConfig.Checkpointing.Mode.NONE, 0);
                case "full", "true" -> of(PrecisionConfig.Checkpointing.Mode.FULL, 0);
                default -> {
                    var layers = LAYERS.matcher(scalar.text());
                    boolean some = layers.matches() && Integer.parseInt(layers.group(1)) > 0;
                    yield some
                            ? of(PrecisionConfig.Checkpointing.Mode.LAYERS, Integer.parseInt(layers.group(1)))
                            : mismatch(node, key, findings, didYouMean(scalar.text(), List.of("auto", "none", "full")));
                }
            };
        }

        private static PrecisionConfig.Checkpointing of(PrecisionConfig.Checkpointing.Mode mode, int layers) {
            return new PrecisionConfig.Checkpointing(mode, layers);
        }

        @Override
        public void schema(ObjectNode into) {
            into.putArray("type").add("string").add("integer").add("boolean");
            into.put("pattern", "^(auto|none|full|\\d{1,6}( layers?)?)$").put("minimum", 1);
        }
    }

    /** {@code did you mean a or b?}, or nothing. */
    static String didYouMean(String word, List<String> names) {
        List<String> near = NearestNames.of(word, names);
        return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?";
    }
}
