package org.bayling.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Reference files that are not in this repository; tests that need them are skipped, by name, without them. */
public final class Shared {
    public static final ObjectMapper JSON = new ObjectMapper();

    private Shared() {}

    public static Path path(String relative) {
        String root = System.getProperty("bayling.shared", System.getenv("BAYLING_SHARED"));
        Path path = root == null ? null : Path.of(root).resolve(relative);
        Assumptions.assumeTrue(
                path != null && Files.exists(path), "skipped: no " + relative + " in bayling.shared = " + root);
        return path;
    }

    public static JsonNode json(String relative) throws IOException {
        return JSON.readTree(Files.readAllBytes(path(relative)));
    }

    public static List<JsonNode> gzippedLines(String relative) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path(relative)));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    public static Tokenizer smolLm2() throws IOException {
        Path file = path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        return GgufTokenizer.from(GgufHeader.read(file), file.getFileName().toString());
    }

    public static Tokenizer named(String name) throws IOException {
        return name.equals("smollm2") ? smolLm2() : Tokenizer.load(path("models/tokenizers/" + name));
    }

    public static int[] ints(JsonNode array) {
        int[] out = new int[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.get(i).intValue();
        }
        return out;
    }
}
