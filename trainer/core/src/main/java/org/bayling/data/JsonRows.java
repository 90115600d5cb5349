package org.bayling.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.bayling.io.JsonFault;

/** How JSON is read here: strict UTF-8, no key twice, nothing after the value. */
final class JsonRows {
    /** Never reconfigured; safe for all threads. */
    static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** For values inside a longer text: something may follow them. */
    static final ObjectMapper STREAMED =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JsonRows() {}

    /** The value that a line of UTF-8 holds. */
    static JsonNode parse(byte[] line) throws BadRowException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRowException(BadRow.Reason.NOT_UTF8, "the line holds bytes that are not UTF-8");
        }
        return parse(text);
    }

    /** The value that a text holds. */
    static JsonNode parse(String text) throws BadRowException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String column = e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
            throw new BadRowException(BadRow.Reason.NOT_JSON, JsonFault.describe(e) + column);
        }
    }
}
