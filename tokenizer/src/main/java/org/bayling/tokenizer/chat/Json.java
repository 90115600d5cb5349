package org.bayling.tokenizer.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON to conversations. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage());
        }
    }

    /** Plain Java maps, lists, strings, numbers, booleans and nulls. */
    static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
            return map;
        } else if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(item -> list.add(plain(item)));
            return list;
        } else if (node.isTextual()) {
            return node.textValue();
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : null;
    }

    static Message message(JsonNode node, int index) {
        String where = "messages[" + index + "]";
        if (!node.isObject() || !node.path("role").isTextual()) {
            throw new IllegalArgumentException(where + " must be an object with a string \"role\"");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        node.properties().forEach(e -> fields.put(e.getKey(), plain(e.getValue())));
        fields.remove("role");
        Object content = fields.get("content");
        if (content == null || content instanceof String) {
            fields.remove("content");
        }
        Optional<Boolean> train = Optional.empty();
        if (fields.get("train") instanceof Boolean flag) {
            train = Optional.of(flag);
            fields.remove("train");
        }
        return new Message(
                node.get("role").textValue(), content instanceof String text ? text : null, fields, train);
    }
}
