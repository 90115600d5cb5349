package org.bayling.evaluation.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** sacreBLEU's numbers and the texts they are of; a test that asks for them where they are not is skipped. */
public record Goldens(Path folder) {

    public static Goldens open() {
        String shared = System.getProperty("bayling.shared", System.getenv("BAYLING_SHARED"));
        Path folder = Path.of(shared == null ? "shared" : shared, "golden", "metrics");
        Assumptions.assumeTrue(
                Files.isRegularFile(folder.resolve("scores.json")), "sacreBLEU's numbers are not at " + folder);
        return new Goldens(folder);
    }

    public JsonNode scores() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("scores.json").toFile())
                .get("scores");
    }

    public List<String> lines(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(file)))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
            if (lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return lines;
        }
    }

    public List<List<String>> references(String set, int count) throws IOException {
        List<String> first = lines(set + ".ref.gz");
        List<String> second = lines(set + ".ref2.gz");
        List<List<String>> references = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            references.add(count == 1 ? List.of(first.get(i)) : List.of(first.get(i), second.get(i)));
        }
        return references;
    }
}
