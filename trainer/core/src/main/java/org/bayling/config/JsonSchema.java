package org.bayling.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** JSON Schema (draft 2020-12) of a configuration file, for editors. Cross-field rules are left to the loader. */
public final class JsonSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonSchema() {}

    /** A new tree of the schema. */
    public static JsonNode of() {
        ObjectNode root = JSON.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "bayling-train configuration");
        mapping(root, ConfigKeys.ROOT);
        return root;
    }

    /** Makes {@code into} the schema of a mapping that is read by the table. */
    static void mapping(ObjectNode into, KeyTable table) {
        into.put("type", "object");
        ObjectNode properties = into.putObject("properties");
        into.put("additionalProperties", false);
        ArrayNode required = JSON.arrayNode();
        for (Key key : table.keys()) {
            nativeKey(property(properties, key.name()), key);
            for (Key.Alias alias : key.aliases()) {
                alias(property(properties, alias.name()), key, alias);
            }
            if (key.required()) {
                required.add(underAnyName(key));
            }
        }
        into.set("allOf", required);
        properties.forEach(JsonSchema::valueOrParent);
    }

    /** A dotted name stands in the {@code properties} of its parents. */
    private static ObjectNode property(ObjectNode properties, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return properties.withObjectProperty(name);
        }
        ObjectNode parent = properties.withObjectProperty(name.substring(0, dot));
        parent.put("additionalProperties", false);
        return property(parent.withObjectProperty("properties"), name.substring(dot + 1));
    }

    private static void nativeKey(ObjectNode into, Key key) {
        into.put("description", key.doc());
        key.type().schema(into);
        if (key.type() instanceof ValueTypes.Choice) {
            addWords((ArrayNode) into.get("enum"), key.words());
        }
        if (!key.standard().isEmpty()) {
            into.set("default", literal(key.standard()));
        }
    }

    /** An alias takes what the native key takes, and the other tool's words; some take nothing but these. */
    private static void alias(ObjectNode into, Key key, Key.Alias alias) {
        into.put("description", alias.tool() + "'s name of " + key.name() + ". " + key.doc());
        into.put("deprecated", true);
        boolean wordsOnly = !alias.words().read().isEmpty() && !(key.type() instanceof ValueTypes.Text);
        if (!wordsOnly || key.type() instanceof ValueTypes.Choice) {
            key.type().schema(into);
        }
        if (wordsOnly) {
            ArrayNode values = into.has("enum") ? (ArrayNode) into.get("enum") : into.putArray("enum");
            addWords(values, alias.words());
            addWords(values, key.words());
        }
    }

    private static void addWords(ArrayNode values, Words words) {
        Set<JsonNode> known = new LinkedHashSet<>();
        values.forEach(known::add);
        words.read().keySet().forEach(word -> known.add(literal(word)));
        if (known.contains(JSON.booleanNode(false))) {
            known.add(JSON.textNode("no"));
        }
        values.removeAll();
        known.forEach(values::add);
    }

    /** What a JSON reader makes of a plain scalar. */
    private static JsonNode literal(String word) {
        if (word.equals(Words.NOTHING)) {
            return JSON.nullNode();
        }
        if (word.equals("true") || word.equals("false")) {
            return JSON.booleanNode(word.equals("true"));
        }
        if (word.matches("-?\\d+")) {
            return JSON.numberNode(Long.parseLong(word));
        }
        boolean decimal = word.matches("-?\\d+\\.\\d+(e-?\\d+)?");
        return decimal ? JSON.numberNode(Double.parseDouble(word)) : JSON.textNode(word);
    }

    private static ObjectNode underAnyName(Key key) {
        ObjectNode any = JSON.objectNode();
        ArrayNode names = any.putArray("anyOf");
        names.addObject().putArray("required").add(key.name());
        key.aliases().forEach(alias -> names.addObject().putArray("required").add(alias.name()));
        return any;
    }

    /** A name that is also a parent, such as {@code optimizer}, may be a value or a mapping. */
    private static void valueOrParent(JsonNode schema) {
        ObjectNode property = (ObjectNode) schema;
        if (!property.has("properties")) {
            return;
        }
        ObjectNode mapping = JSON.objectNode().put("type", "object");
        for (String field : List.of("properties", "additionalProperties")) {
            mapping.set(field, property.remove(field));
        }
        if (!property.has("type") && !property.has("enum")) {
            property.setAll(mapping);
            return;
        }
        ObjectNode value = property.deepCopy();
        property.removeAll();
        property.putArray("anyOf").add(value).add(mapping);
    }
}
