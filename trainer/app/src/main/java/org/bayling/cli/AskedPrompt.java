package org.bayling.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.data.DataException;

/**
 * What somebody asks.
 *
 * @param text the prompt
 * @param forceWords words that its answer must hold
 */
record AskedPrompt(String text, List<String> forceWords) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads prompts, one a line. */
    static List<AskedPrompt> read(BufferedReader lines) throws IOException {
        List<AskedPrompt> prompts = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            prompts.add(new AskedPrompt(line, List.of()));
        }
        return prompts;
    }

    /**
     * Reads a file: a {@code .jsonl} has an object a line, with {@code prompt} and, if need be, a list
     * {@code force_words}; another file a prompt a line.
     *
     * @throws DataException naming file and line
     */
    static List<AskedPrompt> read(Path file) throws IOException {
        List<AskedPrompt> prompts;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            prompts = read(lines);
        } catch (CharacterCodingException problem) {
            throw new DataException(file + ": is not UTF-8", problem);
        }
        if (prompts.isEmpty()) {
            throw new DataException(file + ": holds no prompts");
        }
        if (!file.toString().endsWith(".jsonl")) {
            return prompts;
        }
        List<AskedPrompt> parsed = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            parsed.add(parsed(prompts.get(i).text(), file + ":" + (i + 1)));
        }
        return parsed;
    }

    private static AskedPrompt parsed(String line, String where) throws DataException {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException problem) {
            throw new DataException(where + ": is no JSON object (" + problem.getOriginalMessage() + ")", problem);
        }
        JsonNode words = node.path("force_words");
        if (!node.path("prompt").isTextual() || !(words.isMissingNode() || words.isArray())) {
            throw new DataException(
                    where + ": must have a text \"prompt\", and \"force_words\" must be a list of texts");
        }
        List<String> forceWords = new ArrayList<>();
        words.forEach(word -> forceWords.add(word.asText()));
        return new AskedPrompt(node.path("prompt").asText(), forceWords);
    }
}
