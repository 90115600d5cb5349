package org.bayling.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A mapping of a YAML file that is no training configuration, such as the recipe of a corpus. Values are asked for by
 * name; what is wrong is noted with its line and a harmless value returned, so that one reading finds all problems.
 * {@link #finish} notes the keys that nobody asked for and throws if anything was noted.
 */
public final class RecipeNode {
    private final ConfigNode.Mapping mapping;
    private final String path;
    private final Findings findings;
    private final Set<String> asked = new TreeSet<>();
    private final List<RecipeNode> parts = new ArrayList<>();

    private RecipeNode(ConfigNode.Mapping mapping, String path, Findings findings) {
        this.mapping = mapping;
        this.path = path;
        this.findings = findings;
    }

    /**
     * Reads a file.
     *
     * @param overrides {@code key=value}, laid over the file; a dotted path for nested keys
     * @throws ConfigException when there is no mapping to read
     */
    public static RecipeNode read(Path file, List<String> overrides) throws ConfigException {
        Findings findings = new Findings(file.toString());
        ConfigNode.Mapping root = new Overrides(findings).apply(YamlTree.read(file, findings), overrides);
        return new RecipeNode(root, "", findings);
    }

    /** Whether the key has a value that is not null. */
    public boolean has(String key) {
        return value(key).isPresent();
    }

    /** A text that must be there and not empty. */
    public String text(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty()) {
            require(key, "a text");
        }
        return text.orElse("");
    }

    /** A text that may be absent. */
    public Optional<String> optionalText(String key) {
        Optional<ConfigNode> value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof ConfigNode.Scalar scalar && !scalar.text().isBlank()) {
            return Optional.of(scalar.text());
        }
        wrong(key, value.get(), "a text");
        return Optional.empty();
    }

    /** A whole number within bounds. */
    public long integer(String key, long otherwise, long least, long most) {
        double number = number(key, otherwise, least, most);
        if (number != Math.rint(number)) {
            problem(key, "expected a whole number, found " + number, "");
            return otherwise;
        }
        return has(key) ? (long) number : otherwise;
    }

    /** A number within bounds. */
    public double number(String key, double otherwise, double least, double most) {
        return value(key).map(node -> number(key, node, least, most)).orElse(otherwise);
    }

    /** One of several words, in lower case. */
    public <T> T choice(String key, Map<String, T> choices, T otherwise) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!choices.containsKey(text.get())) {
            problem(key, "expected one of " + String.join(", ", new TreeSet<>(choices.keySet())) + ", found \"" + text.get()
                    + "\"", near(text.get(), choices.keySet()));
            return otherwise;
        }
        return choices.get(text.get());
    }

    /** A text, or a list of texts; empty when absent. */
    public List<String> texts(String key) {
        Optional<ConfigNode> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        List<ConfigNode> items =
                value.get() instanceof ConfigNode.Sequence sequence ? sequence.items() : List.of(value.get());
        for (ConfigNode item : items) {
            if (item instanceof ConfigNode.Scalar scalar && !scalar.isNull()) {
                texts.add(scalar.text());
            } else {
                wrong(key, item, "a text or a list of texts");
            }
        }
        return List.copyOf(texts);
    }

    /** A list of mappings; empty when absent. */
    public List<RecipeNode> list(String key) {
        Optional<ConfigNode> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof ConfigNode.Sequence sequence)) {
            wrong(key, value.get(), "a list of mappings");
            return List.of();
        }
        List<RecipeNode> nodes = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            if (sequence.items().get(i) instanceof ConfigNode.Mapping item) {
                nodes.add(part(item, key + "." + i));
            } else {
                wrong(key + "." + i, sequence.items().get(i), "a mapping");
            }
        }
        return nodes;
    }

    /** A mapping; one without entries when absent. Ask once for each key. */
    public RecipeNode mapping(String key) {
        Optional<ConfigNode> value = value(key);
        if (value.isPresent() && value.get() instanceof ConfigNode.Mapping found) {
            return part(found, key);
        }
        value.ifPresent(node -> wrong(key, node, "a mapping"));
        return part(new ConfigNode.Mapping(Map.of(), mapping.origin()), key);
    }

    /** All entries, each a number of at least {@code least}. */
    public Map<String, Double> numbers(double least) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            asked.add(key);
            numbers.put(key, number(key, entry.value(), least, Double.MAX_VALUE));
        });
        return numbers;
    }

    /** All entries, each a text. */
    public Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        mapping.entries().keySet().forEach(key -> texts.put(key, text(key)));
        return texts;
    }

    /** All entries as plain values: text, or a number where it can be read as one, or a list of texts. */
    public Map<String, Object> plain() {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            asked.add(key);
            if (entry.value() instanceof ConfigNode.Scalar scalar) {
                values.put(key, plain(scalar));
            } else if (entry.value() instanceof ConfigNode.Sequence) {
                values.put(key, texts(key));
            } else {
                wrong(key, entry.value(), "a number, a text or a list");
            }
        });
        return values;
    }

    /** File and line of a key, or of this mapping where it is absent, for messages about what only shows later. */
    public String place(String key) {
        ConfigNode.Entry entry = mapping.entries().get(key);
        return (entry == null ? mapping.origin() : entry.keyOrigin()).toString();
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return mapping.entries().isEmpty();
    }

    /** Whether the value is a mapping. */
    public boolean isMapping(String key) {
        return value(key).filter(node -> node instanceof ConfigNode.Mapping).isPresent();
    }

    /** Takes all keys for known: where it cannot be told which ones are. */
    public void acceptAll() {
        asked.addAll(mapping.entries().keySet());
    }

    /** Notes a problem of a key; of this mapping where the key is empty. */
    public void problem(String key, String message, String hint) {
        ConfigNode.Entry entry = mapping.entries().get(key);
        Origin origin = entry == null ? mapping.origin() : entry.keyOrigin();
        findings.problem(origin, name(key), message, hint);
    }

    /** The nearest of some names, as a hint. */
    public static String near(String word, Iterable<String> names) {
        TreeSet<String> known = new TreeSet<>();
        names.forEach(known::add);
        List<String> near = NearestNames.of(word, known);
        return near.isEmpty() ? "" : "did you mean " + near.stream().collect(Collectors.joining(" or ")) + "?";
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException with everything that is wrong, in the order of the file
     */
    public void finish() throws ConfigException {
        noteUnknown();
        findings.throwIfAny();
    }

    private void noteUnknown() {
        for (String key : mapping.entries().keySet()) {
            if (!asked.contains(key)) {
                String near = near(key, asked);
                problem(key, "unknown key", near.isEmpty() ? "known here: " + String.join(", ", asked) : near);
            }
        }
        parts.forEach(RecipeNode::noteUnknown);
    }

    private Optional<ConfigNode> value(String key) {
        asked.add(key);
        return Optional.ofNullable(mapping.entries().get(key))
                .map(ConfigNode.Entry::value)
                .filter(node -> !(node instanceof ConfigNode.Scalar scalar && scalar.isNull()));
    }

    private double number(String key, ConfigNode node, double least, double most) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            wrong(key, node, "a number");
            return least;
        }
        try {
            double number = Double.parseDouble(scalar.text().replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
            problem(key, "expected " + bounds(least, most) + ", found " + scalar.text(), "");
        } catch (NumberFormatException e) {
            wrong(key, node, "a number");
        }
        return least;
    }

    private static String bounds(double least, double most) {
        return most == Double.MAX_VALUE || most >= Long.MAX_VALUE
                ? "a number of at least " + shown(least)
                : "a number from " + shown(least) + " to " + shown(most);
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static Object plain(ConfigNode.Scalar scalar) {
        try {
            return scalar.quoted() ? scalar.text() : (Object) Double.valueOf(scalar.text());
        } catch (NumberFormatException e) {
            return scalar.text();
        }
    }

    private RecipeNode part(ConfigNode.Mapping of, String key) {
        RecipeNode part = new RecipeNode(of, name(key), findings);
        parts.add(part);
        return part;
    }

    private void require(String key, String expected) {
        if (!mapping.entries().containsKey(key)) {
            findings.problem(mapping.origin(), name(key), "is missing, expected " + expected);
        }
    }

    private void wrong(String key, ConfigNode node, String expected) {
        findings.problem(node.origin(), name(key), "expected " + expected + ", found " + node.kind());
    }

    private String name(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }
}
