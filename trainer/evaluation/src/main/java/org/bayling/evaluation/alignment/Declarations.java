package org.bayling.evaluation.alignment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;

/**
 * One text in many languages, a row for each: {@code {"code": ..., "bcp47": ..., "name": ..., "sections": {"1": [...]}}}.
 *
 * <p>The sentences are the paragraphs of the numbered sections, the articles; a preamble is divided in as many ways as
 * there are translators. Languages with another number of paragraphs in an article do not fit.
 */
final class Declarations implements ParallelSource {
    /** More characters than this are not a declaration; all are in memory at once. */
    private static final long LARGEST = 128L << 20;

    private record Text(Origin origin, ParallelLanguage language, Map<String, List<String>> articles) {}

    private final Map<String, Text> texts;

    private Declarations(Map<String, Text> texts) {
        this.texts = texts;
    }

    static Declarations open(Path file) throws IOException {
        Map<String, Text> texts = new LinkedHashMap<>();
        long[] size = {0};
        DataRows.objects("--data", List.of(file.toString()), (origin, row) -> {
            Text text = text(origin, row);
            Text other = texts.put(text.language().code(), text);
            if (other != null) {
                throw new DataException(origin + ": '" + text.language().code() + "' was there at " + other.origin());
            }
            size[0] += text.articles().values().stream().flatMap(List::stream).mapToLong(String::length).sum();
            if (size[0] > LARGEST) {
                throw new DataException(origin + ": more than " + (LARGEST >> 20)
                        + " Mi characters; put sets of this size into a folder with a file for each language");
            }
        });
        return new Declarations(texts);
    }

    private static Text text(Origin origin, JsonNode row) throws DataException {
        String code = row.path("code").asText("");
        if (code.isEmpty() || !row.path("sections").isObject()) {
            throw new DataException(origin + ": expected code and sections, an object of lists of paragraphs");
        }
        Map<String, List<String>> articles = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> section : row.get("sections").properties()) {
            if (section.getKey().matches("\\d+")) {
                List<String> paragraphs = new ArrayList<>();
                // Some versions carry blank paragraphs, left over from layout.
                section.getValue().forEach(node -> paragraphs.add(node.asText("").strip()));
                paragraphs.removeIf(String::isEmpty);
                articles.put(section.getKey(), List.copyOf(paragraphs));
            }
        }
        String bcp47 = row.path("bcp47").asText("und");
        String tag = bcp47.equals("und") ? code : bcp47.replace('-', '_');
        return new Text(origin, new ParallelLanguage(code, tag, row.path("name").asText(code)), articles);
    }

    @Override
    public List<ParallelLanguage> languages() {
        return texts.values().stream().map(Text::language).toList();
    }

    @Override
    public ParallelSentences read(List<ParallelLanguage> chosen, Set<ParallelLanguage> needed, int limit)
            throws DataException {
        Text first = texts.get(chosen.get(0).code());
        List<ParallelLanguage> languages = new ArrayList<>();
        List<List<String>> sentences = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (ParallelLanguage language : chosen) {
            Text text = texts.get(language.code());
            String misfit = misfit(text, first);
            if (misfit.isEmpty()) {
                languages.add(language);
                sentences.add(paragraphs(text, first, limit));
            } else if (needed.contains(language)) {
                throw new DataException(text.origin() + ": '" + language.code() + "' " + misfit);
            } else {
                leftOut.add(language.code() + " " + misfit);
            }
        }
        return new ParallelSentences(languages, sentences, leftOut);
    }

    private static List<String> paragraphs(Text text, Text first, int limit) {
        return first.articles().keySet().stream()
                .flatMap(article -> text.articles().get(article).stream())
                .limit(limit)
                .toList();
    }

    /** What keeps two texts from being aligned; empty when nothing does. */
    private static String misfit(Text text, Text first) {
        for (Map.Entry<String, List<String>> article : first.articles().entrySet()) {
            int here = text.articles().getOrDefault(article.getKey(), List.of()).size();
            if (here != article.getValue().size()) {
                return "has " + here + " paragraphs in article " + article.getKey() + ", "
                        + first.language().code() + " has " + article.getValue().size();
            }
        }
        return "";
    }
}
