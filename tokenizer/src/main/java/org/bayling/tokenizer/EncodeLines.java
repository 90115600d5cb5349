package org.bayling.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;

/** Encodes texts given one JSON string a line to one JSON array of ids a line, as {@link Tokenizer#encode} does. */
public final class EncodeLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Tokenizer tokenizer;
    private final boolean addSpecialTokens;

    public EncodeLines(Tokenizer tokenizer, boolean addSpecialTokens) {
        this.tokenizer = tokenizer;
        this.addSpecialTokens = addSpecialTokens;
    }

    /**
     * Encodes all lines; empty lines are skipped. The streams stay open.
     *
     * @throws IllegalArgumentException for a line that is no JSON string or no well-formed Unicode, naming its number
     */
    public void run(Reader in, Writer out) throws IOException {
        BufferedReader lines = new BufferedReader(in);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                out.write(JSON.writeValueAsString(tokenizer.encode(text(line), addSpecialTokens)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
            out.write('\n');
        }
        out.flush();
    }

    private static String text(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.isTextual()) {
                throw new IllegalArgumentException("expected a JSON string, found " + node.getNodeType());
            }
            return node.textValue();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
