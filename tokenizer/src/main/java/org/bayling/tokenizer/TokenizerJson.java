package org.bayling.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parsed, checked tokenizer.json: its vocabulary, and the variants of it in which ordinary text is encoded.
 *
 * <p>The variant for ordinary text must give every piece the id it has in the original, and give no text the id of a
 * control token. So a control token that stands in the model's vocabulary is renamed there, merges that build it are
 * left out, and one that stands only among the added tokens keeps its place (places decide ids) under a name that no
 * text holds: a run of {@code markerLength} noncharacters U+FDD0, its id, U+FDD1.
 */
final class TokenizerJson {
    private static final int MAX_TOKEN_LENGTH = 20_000_000;
    private static final ObjectMapper MAPPER = strictMapper();

    private final ObjectNode root;
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<AddedToken> added = new ArrayList<>();
    private final String[] tokens;

    private TokenizerJson(ObjectNode root) {
        this.root = root;
        vocabularyOf(root.get("model"), ids);
        int next = ids.size();
        int largest = -1;
        Set<String> seen = new HashSet<>();
        for (JsonNode node : root.path("added_tokens")) {
            String content = node.path("content").asText();
            if (!seen.add(content)) {
                continue;
            }
            Integer known = ids.get(content);
            int id = known != null ? known : Math.max(next, largest + 1);
            largest = Math.max(largest, id);
            ids.put(content, id);
            added.add(new AddedToken(
                    id,
                    content,
                    node.path("special").asBoolean(false),
                    node.path("lstrip").asBoolean(false),
                    node.path("rstrip").asBoolean(false),
                    node.path("single_word").asBoolean(false)));
        }
        int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
        tokens = new String[size];
        ids.forEach((token, id) -> tokens[id] = token);
    }

    /** Parses and checks; {@code name} is the file's name for messages. */
    static TokenizerJson parse(byte[] json, String name) {
        TokenizerJsonLint.checkSize(json.length, name);
        ObjectNode root = readStrict(json, name);
        TokenizerJsonLint.check(root, name);
        return new TokenizerJson(root);
    }

    /** Parses a JSON object strictly: duplicate keys and text behind the end are errors. */
    static ObjectNode readStrict(byte[] json, String name) {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw new TokenizerException(name + ": expected a JSON object, found "
                    + (root == null || root.isMissingNode() ? "an empty file" : root.getNodeType()));
        } catch (IOException e) {
            throw new TokenizerException(name + ": not valid JSON: " + firstLine(e.getMessage()), e);
        }
    }

    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree in memory can always be written", e);
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Every token with its id, added tokens included. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** Tokens by id; null where the vocabulary has a gap. */
    String[] tokens() {
        return tokens;
    }

    List<AddedToken> added() {
        return added;
    }

    /** The same tokenizer in which all of {@code special} that are in its vocabulary are special added tokens. */
    TokenizerJson withSpecial(Set<String> special) {
        Set<String> open = new HashSet<>(special);
        boolean changed = false;
        ArrayNode list = MAPPER.createArrayNode();
        for (JsonNode node : root.path("added_tokens")) {
            JsonNode entry = node;
            if (open.remove(node.path("content").asText()) && !node.path("special").asBoolean(false)) {
                entry = ((ObjectNode) node).deepCopy().put("special", true);
                changed = true;
            }
            list.add(entry);
        }
        for (String content : special) {
            if (open.contains(content) && ids.containsKey(content)) {
                list.add(addedToken(ids.get(content), content, true));
                changed = true;
            }
        }
        return changed ? new TokenizerJson(copyWith(root, "added_tokens", list)) : this;
    }

    static ObjectNode addedToken(int id, String content, boolean special) {
        ObjectNode token = MAPPER.createObjectNode();
        token.put("id", id).put("content", content);
        token.put("single_word", false).put("lstrip", false).put("rstrip", false);
        return token.put("normalized", !special).put("special", special);
    }

    byte[] bytes() {
        return write(root);
    }

    /** Whether a piece behind a control token, or one in running text, is encoded otherwise than one at the start. */
    boolean differsFromStart(TextPosition position) {
        return position != TextPosition.START
                && !(placed(root.path("normalizer"), position).equals(root.path("normalizer"))
                        && placed(root.path("pre_tokenizer"), position).equals(root.path("pre_tokenizer")));
    }

    /** The variant for ordinary text at a position, with placeholder names of the given marker length. */
    byte[] ordinary(TextPosition position, int markerLength) {
        ObjectNode model = (ObjectNode) root.get("model");
        Map<String, String> placeholders = new HashMap<>();
        Map<String, Integer> inModel = new HashMap<>();
        vocabularyOf(model, inModel);
        String marker = "\ufdd0".repeat(markerLength);
        ArrayNode list = MAPPER.createArrayNode();
        for (JsonNode node : root.path("added_tokens")) {
            String content = node.path("content").asText();
            if (!node.path("special").asBoolean(false)) {
                list.add(node);
                continue;
            }
            String placeholder = marker + ids.get(content) + "\ufdd1";
            placeholders.put(content, placeholder);
            if (!inModel.containsKey(content)) {
                list.add(((ObjectNode) node).deepCopy().put("content", placeholder));
            }
        }
        ObjectNode out = copyWith(root, "added_tokens", list);
        out.set("model", renamed(model, placeholders));
        out.set("normalizer", placed(root.path("normalizer"), position));
        out.set("pre_tokenizer", placed(root.path("pre_tokenizer"), position));
        out.putNull("post_processor");
        return write(out);
    }

    private static ObjectNode renamed(ObjectNode model, Map<String, String> names) {
        ObjectNode out = copyWith(model, "type", model.path("type"));
        JsonNode vocabulary = model.get("vocab");
        if (vocabulary instanceof ObjectNode entries) {
            ObjectNode renamed = MAPPER.createObjectNode();
            entries.properties().forEach(e -> renamed.set(names.getOrDefault(e.getKey(), e.getKey()), e.getValue()));
            out.set("vocab", renamed);
        } else {
            ArrayNode renamed = MAPPER.createArrayNode();
            for (JsonNode entry : vocabulary) {
                String piece = entry.get(0).textValue();
                renamed.add(names.containsKey(piece)
                        ? MAPPER.createArrayNode().add(names.get(piece)).add(entry.get(1))
                        : entry);
            }
            out.set("vocab", renamed);
        }
        if (model.path("unk_token").isTextual()) {
            String unknown = model.path("unk_token").textValue();
            out.put("unk_token", names.getOrDefault(unknown, unknown));
        }
        if (model.has("merges")) {
            ArrayNode merges = MAPPER.createArrayNode();
            for (JsonNode merge : model.get("merges")) {
                String[] parts = TokenizerJsonLint.mergeParts(merge);
                boolean touches = names.containsKey(parts[0])
                        || names.containsKey(parts[1])
                        || names.containsKey(parts[0] + parts[1]);
                if (!touches) {
                    merges.add(merge);
                }
            }
            out.set("merges", merges);
        }
        return out;
    }

    /** A normalizer or pre-tokenizer as it acts at a position. */
    private static JsonNode placed(JsonNode part, TextPosition position) {
        if (position == TextPosition.START || !(part instanceof ObjectNode object)) {
            return part.isMissingNode() ? MAPPER.nullNode() : part;
        }
        boolean running = position == TextPosition.CONTINUATION;
        switch (object.path("type").asText()) {
            case "Sequence":
                String key = object.has("normalizers") ? "normalizers" : "pretokenizers";
                ArrayNode steps = MAPPER.createArrayNode();
                for (JsonNode step : object.path(key)) {
                    JsonNode moved = placed(step, position);
                    if (!moved.isNull()) {
                        steps.add(moved);
                    }
                }
                return copyWith(object, key, steps);
            case "Prepend":
                return running ? MAPPER.nullNode() : object;
            case "Metaspace":
                boolean first = object.path("prepend_scheme").asText("always").equals("first");
                if (!running && !first) {
                    return object;
                }
                ObjectNode never = copyWith(object, "prepend_scheme", MAPPER.getNodeFactory().textNode("never"));
                never.remove("add_prefix_space");
                return never;
            case "ByteLevel":
                return running
                        ? copyWith(object, "add_prefix_space", MAPPER.getNodeFactory().booleanNode(false))
                        : object;
            default:
                return object;
        }
    }

    private static ObjectNode copyWith(ObjectNode object, String key, JsonNode value) {
        ObjectNode copy = MAPPER.createObjectNode();
        copy.setAll(object);
        copy.set(key, value);
        return copy;
    }

    private static void vocabularyOf(JsonNode model, Map<String, Integer> into) {
        JsonNode vocabulary = model.get("vocab");
        if (vocabulary.isObject()) {
            vocabulary.properties().forEach(e -> into.put(e.getKey(), e.getValue().intValue()));
        } else {
            int id = 0;
            for (JsonNode entry : vocabulary) {
                into.putIfAbsent(entry.get(0).textValue(), id++);
            }
        }
    }

    private static ObjectMapper strictMapper() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(100)
                        .maxStringLength(MAX_TOKEN_LENGTH)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.defaults())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    static String firstLine(String message) {
        return message == null ? "no details" : message.lines().findFirst().orElse("no details");
    }
}
