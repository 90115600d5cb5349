package org.bayling.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bayling.io.CorruptFileException;
import org.bayling.io.JsonFault;

/** JSON files as ordered trees, read strictly (no duplicate keys, nothing behind the object) and written as Python does. */
public final class JsonFiles {
    private static final long MAX_BYTES = 200L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFiles() {}

    /** The object in a UTF-8 file, keys in the order of the file. */
    public static ObjectNode readObject(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + ": there is no such file");
        }
        long bytes = Files.size(path);
        if (bytes > MAX_BYTES) {
            throw new CorruptFileException(path, "size", bytes + " bytes", "at most " + MAX_BYTES);
        }
        try {
            return parseObject(Files.readString(path), path);
        } catch (CharacterCodingException e) {
            throw new CorruptFileException(path, "content", "bytes that are not UTF-8", "UTF-8 text", e);
        }
    }

    /**
     * The object in a text.
     *
     * @param path where the text is from, for messages
     */
    public static ObjectNode parseObject(String text, Path path) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root instanceof ObjectNode object) {
                return object;
            }
            String found = root.isMissingNode() ? "nothing" : root.getNodeType().toString();
            throw new CorruptFileException(path, "content", found, "a JSON object");
        } catch (JsonProcessingException e) {
            String at = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new CorruptFileException(path, "content", "broken JSON" + at + " (" + JsonFault.describe(e) + ")",
                    "a JSON object", e);
        }
    }

    /** A JSON text that this program made itself. */
    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** The text as a JSON string, which is a YAML string too. */
    static String quoted(String text) throws JsonProcessingException {
        return MAPPER.writeValueAsString(text);
    }

    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** Two spaces of indentation and {@code "key": value}, as Python's {@code json.dumps(indent=2)}. */
    public static String toText(JsonNode node) throws IOException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        return MAPPER.writer(printer).writeValueAsString(node) + "\n";
    }
}
