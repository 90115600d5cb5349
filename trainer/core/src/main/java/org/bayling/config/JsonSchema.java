package org.bayling.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON Schema (draft 2020-12) of a configuration file, for editors. Cross-field rules are left to the loader. */
public final class JsonSchema {
    private JsonSchema() {}

    /** A new tree of the schema. */
    public static JsonNode of() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "bayling-train configuration");
        properties(root, ConfigKeys.ROOT);
        return root;
    }

    /** Makes {@code into} the schema of a mapping read by the table. */
    static void properties(ObjectNode into, KeyTable table) {
        into.put("type", "object");
        Map<String, ObjectNode> parents = new LinkedHashMap<>();
        into.putObject("properties");
        into.put("additionalProperties", false);
        for (Key key : table.keys()) {
            ObjectNode property = property(into, key.name(), parents);
            property.put("description", key.doc());
            key.type().schema(property);
            if (!key.words().read().isEmpty() && property.has("enum")) {
                key.words().read().keySet().forEach(((ArrayNode) property.get("enum"))::add);
            }
            if (!key.standard().isEmpty()) {
                property.put("x-default", key.standard());
            }
            for (Key.Alias alias : key.aliases()) {
                alias(property(into, alias.name(), parents), key, alias);
            }
        }
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        table.keys().stream()
                .filter(key -> key.required() && key.aliases().isEmpty())
                .forEach(key -> required.add(key.name()));
        if (!required.isEmpty()) {
            into.set("required", required);
        }
    }

    /** Dotted names stand in nested objects; a name that is also a parent accepts both. */
    private static ObjectNode property(ObjectNode root, String name, Map<String, ObjectNode> parents) {
        int dot = name.indexOf('.');
        ObjectNode properties = (ObjectNode) root.get("properties");
        if (dot < 0) {
            return properties.withObjectProperty(name);
        }
        String parent = name.substring(0, dot);
        ObjectNode node = properties.withObjectProperty(parent);
        if (!node.has("properties")) {
            node.putObject("properties");
            node.put("additionalProperties", false);
        }
        return property(node, name.substring(dot + 1), parents);
    }

    /** An alias takes whatever the native key takes, in the other tool's words. */
    private static void alias(ObjectNode into, Key key, Key.Alias alias) {
        into.put("description", alias.tool() + "'s name of " + key.name() + ". " + key.doc());
        into.put("deprecated", true);
        if (alias.words().read().isEmpty()) {
            key.type().schema(into);
        }
    }
}
