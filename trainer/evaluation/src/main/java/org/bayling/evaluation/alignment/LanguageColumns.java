package org.bayling.evaluation.alignment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;

/**
 * JSONL, CSV or TSV with a column for each language, named by its code; in JSON also inside of {@code translation}, as
 * Hugging Face's translation data sets have it.
 */
final class LanguageColumns implements ParallelSource {
    private static final String NESTED = "translation";

    private final Path file;
    private final List<ParallelLanguage> languages;

    private LanguageColumns(Path file, List<ParallelLanguage> languages) {
        this.file = file;
        this.languages = languages;
    }

    /**
     * Takes the languages from the first row.
     *
     * @throws DataException when no two columns are languages
     */
    static LanguageColumns open(Path file, JsonNode first) throws DataException {
        List<ParallelLanguage> languages = columns(first).properties().stream()
                .filter(field -> field.getValue().isTextual() && ParallelLanguage.isCode(field.getKey()))
                .map(Map.Entry::getKey)
                .map(ParallelLanguage::of)
                .toList();
        if (languages.size() < 2) {
            List<String> names = columns(first).properties().stream().map(Map.Entry::getKey).toList();
            throw new DataException(file + ": two columns at least must be named by languages (en, deu, zho_Hans); it has "
                    + names);
        }
        return new LanguageColumns(file, languages);
    }

    private static JsonNode columns(JsonNode row) {
        return row.path(NESTED).isObject() ? row.get(NESTED) : row;
    }

    @Override
    public List<ParallelLanguage> languages() {
        return languages;
    }

    @Override
    public ParallelSentences read(List<ParallelLanguage> chosen, Set<ParallelLanguage> needed, int limit)
            throws IOException {
        List<List<String>> texts = new ArrayList<>();
        chosen.forEach(language -> texts.add(new ArrayList<>()));
        DataRows.objects("--data", List.of(file.toString()), (origin, row) -> {
            if (texts.get(0).size() < limit) {
                for (int i = 0; i < chosen.size(); i++) {
                    String code = chosen.get(i).code();
                    String text = columns(row).path(code).asText("");
                    if (text.isBlank()) {
                        throw new DataException(origin + ": has no text in '" + code + "'; every row must have all languages");
                    }
                    texts.get(i).add(text.strip());
                }
            }
        });
        return new ParallelSentences(chosen, texts, List.of());
    }
}
