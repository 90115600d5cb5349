package org.bayling.tokenizer.fertility;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.bayling.tokenizer.Tokenizer;

/**
 * A file of texts by language; formats are in this package's description.
 *
 * @param language of plain text; empty for JSONL, whose lines name theirs
 */
public record FertilityFile(Optional<String> language, Path path) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Reads {@code de=FILE} or {@code FILE}; a file that exists under the whole name is meant so. */
    public static FertilityFile parse(String argument) {
        int sign = argument.indexOf('=');
        boolean tagged = sign > 0
                && argument.substring(0, sign).matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
                && !Files.exists(Path.of(argument));
        return tagged
                ? new FertilityFile(
                        Optional.of(argument.substring(0, sign)), Path.of(argument.substring(sign + 1)))
                : new FertilityFile(Optional.empty(), Path.of(argument));
    }

    /**
     * Reads to the end.
     *
     * @param content of the file, decompressed; stays the caller's
     * @throws IOException naming the file and the line that cannot be used
     */
    public void read(InputStream content, Consumer<FertilityText> sink) throws IOException {
        int number = 0;
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    line(number, line, sink);
                }
            }
        } catch (CharacterCodingException e) {
            throw new IOException(path + ", after line " + number + ": not UTF-8; convert the file first", e);
        } catch (ZipException | EOFException e) {
            String found = e.getMessage() == null ? "it ends too early" : e.getMessage();
            throw new IOException(path + ", after line " + number + ": broken compressed data: " + found, e);
        }
    }

    private void line(int number, String line, Consumer<FertilityText> sink) throws IOException {
        if (language.isPresent()) {
            sink.accept(new FertilityText(language.get(), "", "line " + number, line));
            return;
        }
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw problem(number, "not JSON: " + e.getOriginalMessage()
                    + "; name the language of plain text: --text de=" + path, e);
        }
        if (row.path("sections").isObject()) {
            for (Map.Entry<String, JsonNode> section : row.get("sections").properties()) {
                for (JsonNode paragraph : section.getValue()) {
                    put(number, row.path("bcp47"), row.path("code").asText(""), section.getKey(), paragraph, sink);
                }
            }
        } else if (row.has("src_lang")) {
            String unit = path.getFileName() + " " + number;
            put(number, row.path("src_lang"), "", unit, row.path("src"), sink);
            put(number, row.path("tgt_lang"), "", unit, row.path("tgt"), sink);
        } else {
            put(number, row.path("language"), "", row.path("unit").asText(""), row.path("text"), sink);
        }
    }

    private void put(
            int number, JsonNode tag, String document, String unit, JsonNode text, Consumer<FertilityText> sink)
            throws IOException {
        if (!tag.isTextual() || !text.isTextual()) {
            String expected = "expected the strings language and text; or src_lang, src, tgt_lang and tgt; or bcp47 and "
                    + "sections of strings";
            throw problem(number, expected, null);
        }
        if (!Tokenizer.wellFormed(text.textValue())) {
            throw problem(number, "half of a surrogate pair in the text", null);
        }
        sink.accept(new FertilityText(tag.textValue(), document, unit, text.textValue()));
    }

    private IOException problem(int line, String what, Throwable cause) {
        return new IOException(path + ", line " + line + ": " + what, cause);
    }
}
