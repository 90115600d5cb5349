package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one JSON object, checked as they are taken. Names are ours; {@code columns} says what the file calls
 * them.
 */
final class RowFields {
    private final JsonNode object;
    private final Map<String, String> columns;
    private final String where;

    private RowFields(JsonNode object, Map<String, String> columns, String where) {
        this.object = object;
        this.columns = columns;
        this.where = where;
    }

    /** A row; must be a JSON object. */
    static RowFields ofRow(JsonNode row, Map<String, String> columns) throws BadRowException {
        return of(row, columns, "");
    }

    /** One entry of a list inside a row; {@code where} names it in messages, for example {@code messages[2]}. */
    static RowFields of(JsonNode object, Map<String, String> columns, String where) throws BadRowException {
        if (object == null || !object.isObject()) {
            throw new BadRowException(
                    BadRow.Reason.WRONG_TYPE,
                    (where.isEmpty() ? "the row" : where) + " is " + type(object) + ", expected an object");
        }
        return new RowFields(object, columns, where);
    }

    /** What the file calls a field. */
    String column(String name) {
        return columns.getOrDefault(name, name);
    }

    boolean has(String name) {
        JsonNode value = object.get(column(name));
        return value != null && !value.isNull();
    }

    /** A text that must be there; it may be empty. */
    String text(String name) throws BadRowException {
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            throw missing(name);
        }
        return text.get();
    }

    /** A text that may be absent or null. */
    Optional<String> optionalText(String name) throws BadRowException {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = object.get(column(name));
        if (!value.isTextual()) {
            throw wrong(name, value, "a string");
        }
        return Optional.of(sound(path(name), value.textValue()));
    }

    /** A yes or no that may be absent or null. */
    Optional<Boolean> optionalFlag(String name) throws BadRowException {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = object.get(column(name));
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return Optional.of(value.booleanValue());
    }

    /** A list that must be there. */
    JsonNode list(String name) throws BadRowException {
        Optional<JsonNode> list = optionalList(name);
        if (list.isEmpty()) {
            throw missing(name);
        }
        return list.get();
    }

    /** A list that may be absent or null; in files whose cells are only text, the text of a JSON array. */
    Optional<JsonNode> optionalList(String name) throws BadRowException {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode value = object.get(column(name));
        if (value.isTextual() && value.textValue().isBlank()) {
            return Optional.empty();
        }
        if (value.isTextual() && value.textValue().stripLeading().startsWith("[")) {
            value = JsonRows.parse(value.textValue());
        }
        if (!value.isArray()) {
            throw wrong(name, value, "a list");
        }
        sound(path(name), value);
        return Optional.of(value);
    }

    /** The field as it is, or empty. */
    Optional<JsonNode> value(String name) {
        return has(name) ? Optional.of(object.get(column(name))) : Optional.empty();
    }

    /** How messages name a field. */
    String path(String name) {
        return where.isEmpty() ? "'" + column(name) + "'" : where + "." + column(name);
    }

    BadRowException wrong(String name, JsonNode value, String expected) {
        return new BadRowException(
                BadRow.Reason.WRONG_TYPE, path(name) + " is " + type(value) + ", expected " + expected);
    }

    BadRowException missing(String name) {
        return new BadRowException(BadRow.Reason.MISSING_FIELD, path(name) + " is absent; the row has " + names());
    }

    static String type(JsonNode value) {
        if (value == null) {
            return "absent";
        }
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> type == JsonNodeType.NULL ? "null" : "a " + type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Text without halves of surrogate pairs, which no tokenizer can encode. */
    static String sound(String path, String text) throws BadRowException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                throw new BadRowException(
                        BadRow.Reason.LONE_SURROGATE,
                        String.format(Locale.ROOT, "%s holds half of a surrogate pair, \\u%04x, at character %d", path,
                                (int) c, i));
            }
            i++;
        }
        return text;
    }

    private static void sound(String path, JsonNode value) throws BadRowException {
        if (value.isTextual()) {
            sound(path, value.textValue());
        }
        for (JsonNode child : value) {
            sound(path, child);
        }
    }

    private String names() {
        StringBuilder names = new StringBuilder();
        object.fieldNames().forEachRemaining(name -> names.append(names.isEmpty() ? "" : ", ").append(name));
        return names.isEmpty() ? "no fields" : names.toString();
    }
}
