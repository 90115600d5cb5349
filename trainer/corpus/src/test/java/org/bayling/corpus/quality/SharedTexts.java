package org.bayling.corpus.quality;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.junit.jupiter.api.Assumptions;

/** Texts of other people as items; tests that ask for them are skipped where they are absent. */
final class SharedTexts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SharedTexts() {}

    static Path data(String name) {
        String root =
                System.getProperty("bayling.shared", System.getenv().getOrDefault("BAYLING_SHARED", "../../../shared"));
        Path path = Path.of(root, "data", name);
        Assumptions.assumeTrue(Files.exists(path), "needs " + path);
        return path;
    }

    /** 58,702 sentence pairs of news. */
    static List<SourceItem> news() throws IOException {
        List<SourceItem> items = new ArrayList<>();
        for (String language : List.of("cs", "de", "is", "ru", "zh")) {
            items.addAll(news(language));
        }
        return items;
    }

    /** Sentence pairs of news in a language and English, both directions. */
    static List<SourceItem> news(String language) throws IOException {
        List<SourceItem> items = new ArrayList<>();
        for (String line : lines(data("wmt-dev/train." + language + "-en.jsonl.gz"))) {
            JsonNode row = JSON.readTree(line);
            items.add(pair(
                    "news-" + language,
                    items.size() + 1,
                    row.get("src_lang").asText(),
                    row.get("src").asText(),
                    row.get("tgt_lang").asText(),
                    row.get("tgt").asText()));
        }
        return items;
    }

    /** 10,997 sentence pairs of encyclopedia texts in Khmer, Nepali, Pashto, Sinhala. */
    static List<SourceItem> flores() throws IOException {
        List<SourceItem> items = new ArrayList<>();
        for (String language : List.of("km", "ne", "ps", "si")) {
            String name = "flores-v1/wikipedia.dev." + language + "-en.";
            List<String> theirs = lines(data(name + language + ".gz"));
            List<String> english = lines(data(name + "en.gz"));
            for (int i = 0; i < theirs.size(); i++) {
                items.add(pair("flores-" + language, i + 1, language, theirs.get(i), "en", english.get(i)));
            }
        }
        return items;
    }

    /** 1,999 instructions in English and Chinese. */
    static List<SourceItem> instructions() throws IOException {
        List<SourceItem> items = new ArrayList<>();
        for (String language : List.of("en", "zh")) {
            String json = String.join("\n", lines(data("instructions/alpaca_" + language + "_demo.json.gz")));
            for (JsonNode row : JSON.readTree(json)) {
                String asked = row.get("instruction").asText() + "\n"
                        + row.path("input").asText("");
                items.add(new SourceItem.Instruction(
                        "alpaca-" + language,
                        Integer.toString(items.size()),
                        language,
                        List.of(
                                Turn.user(asked),
                                Turn.assistant(row.get("output").asText()))));
            }
        }
        return items;
    }

    /** Premises and choices of XCOPA, by language. */
    static Map<String, List<String>> xcopa() throws IOException {
        Map<String, List<String>> texts = new TreeMap<>();
        for (String language : List.of("et", "ht", "id", "it", "qu", "sw", "ta", "th", "tr", "vi", "zh")) {
            List<String> of = texts.computeIfAbsent(language, tag -> new ArrayList<>());
            for (String line : lines(data("xcopa/val." + language + ".jsonl"))) {
                JsonNode row = JSON.readTree(line);
                for (String field : List.of("premise", "choice1", "choice2")) {
                    of.add(row.get(field).asText());
                }
            }
        }
        return texts;
    }

    static SourceItem pair(String source, int line, String a, String textA, String b, String textB) {
        return new SourceItem.Parallel(
                source, Integer.toString(line), SourceItem.Kind.SENTENCE, new TreeMap<>(Map.of(a, textA, b, textB)));
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream stored = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(stored) : stored,
                        StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
