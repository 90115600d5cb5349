package org.bayling.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays {@code key=value} arguments over a file's tree; a later one wins over an earlier one.
 *
 * <p>Keys are dotted paths with list indices ({@code datasets.0.weight=2}); the index after the last adds an item. A
 * value is a YAML scalar; one that starts with a bracket, a brace or a quote is read as YAML.
 */
final class Overrides {
    private final Findings findings;

    Overrides(Findings findings) {
        this.findings = findings;
    }

    ConfigNode.Mapping apply(ConfigNode.Mapping root, List<String> overrides) {
        ConfigNode.Mapping result = root;
        for (String override : overrides) {
            int equals = override.indexOf('=');
            String key = equals < 0 ? override : override.substring(0, equals).strip();
            if (equals < 0 || key.isEmpty()) {
                findings.problem(Origin.OVERRIDE, "", "\"" + override + "\" is not key=value", "write key=value");
                continue;
            }
            ConfigNode value = value(override.substring(equals + 1).strip(), key);
            if (value != null) {
                result = (ConfigNode.Mapping) set(result, List.of(key.split("\\.", -1)), key, value);
            }
        }
        return result;
    }

    private ConfigNode value(String text, String key) {
        if (text.isEmpty() || "[{\"'".indexOf(text.charAt(0)) < 0) {
            return new ConfigNode.Scalar(text, false, Origin.OVERRIDE);
        }
        Findings inner = new Findings("override");
        ConfigNode node = YamlTree.parse(text, "override", inner);
        try {
            inner.throwIfAny();
        } catch (ConfigException e) {
            e.problems().forEach(p -> findings.problem(Origin.OVERRIDE, key, p.message(), p.hint()));
            return null;
        }
        return withoutLines(node);
    }

    /** Lines of an argument mean nothing to a person. */
    private static ConfigNode withoutLines(ConfigNode node) {
        if (node instanceof ConfigNode.Sequence sequence) {
            return new ConfigNode.Sequence(
                    sequence.items().stream().map(Overrides::withoutLines).toList(), Origin.OVERRIDE);
        }
        if (node instanceof ConfigNode.Mapping mapping) {
            Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
            mapping.entries()
                    .forEach((key, entry) ->
                            entries.put(key, new ConfigNode.Entry(Origin.OVERRIDE, withoutLines(entry.value()))));
            return new ConfigNode.Mapping(entries, Origin.OVERRIDE);
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return new ConfigNode.Scalar(scalar.text(), scalar.quoted(), Origin.OVERRIDE);
    }

    /** The same node with the value at the path; scalars on the way become mappings. */
    private ConfigNode set(ConfigNode node, List<String> path, String key, ConfigNode value) {
        if (path.isEmpty()) {
            return value;
        }
        List<String> rest = path.subList(1, path.size());
        if (node instanceof ConfigNode.Sequence sequence) {
            return setItem(sequence, path.get(0), rest, key, value);
        }
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        Origin origin = Origin.OVERRIDE;
        if (node instanceof ConfigNode.Mapping mapping) {
            entries.putAll(mapping.entries());
            origin = mapping.origin();
        }
        ConfigNode.Entry old = entries.get(path.get(0));
        ConfigNode child = set(old == null ? null : old.value(), rest, key, value);
        boolean stillOfFile = old != null && !child.origin().equals(Origin.OVERRIDE);
        entries.put(path.get(0), new ConfigNode.Entry(stillOfFile ? old.keyOrigin() : child.origin(), child));
        return new ConfigNode.Mapping(entries, origin);
    }

    private ConfigNode setItem(
            ConfigNode.Sequence sequence, String index, List<String> rest, String key, ConfigNode value) {
        int size = sequence.items().size();
        int i = index.matches("\\d{1,6}") ? Integer.parseInt(index) : -1;
        if (i < 0 || i > size) {
            String range = size == 0 ? "only 0 can be added" : "0 to " + (size - 1) + " exist, " + size + " adds one";
            findings.problem(Origin.OVERRIDE, key, "\"" + index + "\" is not an item of the list", range);
            return sequence;
        }
        List<ConfigNode> items = new ArrayList<>(sequence.items());
        ConfigNode item = set(i == size ? null : items.get(i), rest, key, value);
        if (i == size) {
            items.add(item);
        } else {
            items.set(i, item);
        }
        return new ConfigNode.Sequence(items, sequence.origin());
    }
}
