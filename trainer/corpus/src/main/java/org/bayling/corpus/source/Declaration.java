package org.bayling.corpus.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.LetterScript;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;

/**
 * One row of a declarations file: {@code code, bcp47, iso639_3, name, sections}.
 *
 * @param name in English, perhaps turned round ({@code Gaelic, Irish}) and with a remark in parentheses
 * @param sections paragraphs by section, in the file's order
 */
record Declaration(
        Origin origin, String code, String bcp47, String iso3, String name, Map<String, List<String>> sections) {

    /** Takes the declarations of a file in order. */
    @FunctionalInterface
    interface Taker {
        void accept(Declaration declaration) throws IOException;
    }

    static void each(SourceRecipe.MultiParallel recipe, Taker taker) throws IOException {
        DataRows.objects(recipe.id(), recipe.paths(), (origin, row) -> taker.accept(of(origin, row)));
    }

    private static Declaration of(Origin origin, JsonNode row) throws DataException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        if (!row.path("sections").isObject()) {
            throw new DataException(origin + ": sections is missing or no object of lists of paragraphs");
        }
        for (Map.Entry<String, JsonNode> field : row.get("sections").properties()) {
            List<String> paragraphs = new ArrayList<>();
            for (JsonNode paragraph : field.getValue()) {
                if (!paragraph.isTextual()) {
                    throw new DataException(origin + ": section " + field.getKey() + " is no list of paragraphs");
                }
                // Some versions carry blank paragraphs, left over from layout.
                if (!paragraph.textValue().isBlank()) {
                    paragraphs.add(paragraph.textValue().strip());
                }
            }
            sections.put(field.getKey(), List.copyOf(paragraphs));
        }
        return new Declaration(
                origin,
                text(origin, row, "code"),
                text(origin, row, "bcp47"),
                text(origin, row, "iso639_3"),
                text(origin, row, "name"),
                sections);
    }

    private static String text(Origin origin, JsonNode row, String field) throws DataException {
        String text = row.path(field).asText("");
        if (text.isEmpty()) {
            throw new DataException(origin + ": " + field + " is missing");
        }
        return text;
    }

    /** False for what no standard has a code for. */
    boolean hasLanguage() {
        return !bcp47.equals("und");
    }

    /** Characters of the text. */
    long characters() {
        return sections.values().stream().flatMap(List::stream).mapToLong(String::length).sum();
    }

    /** Of several versions in one language, the smallest is taken; of equals, the first in the file. */
    int distanceFromStandard() {
        int remark = name.contains("(") ? 2 : 0;
        int own = code.equals(iso3) ? 0 : 1;
        // Spelling reforms are told by their years; the last one counts.
        String year = code.replaceAll("^.*_(?=(18|19|20)\\d\\d$)", "");
        return 10_000 * (remark + own) + (year.matches("\\d{4}") ? 3000 - Integer.parseInt(year) : 0);
    }

    /**
     * The tag here: what BCP 47 says, without variants and countries; the language's own ISO 639-3 code where BCP 47
     * names only a group that it belongs to.
     */
    String tag(LanguageRegistry registry) {
        String plain = bcp47.equals("fa-AF") ? "prs" : bcp47.replaceAll("-(?![A-Z][a-z]{3}(-|$))[A-Za-z0-9]+", "");
        Optional<Language> declared = registry.find(plain);
        Optional<Language> individual = registry.find(iso3);
        if (declared.isPresent()) {
            boolean same = declared.get().iso3().equals(iso3)
                    || individual.isEmpty() && plain.contains("-")
                    || individual.map(i -> i.iso3().equals(declared.get().iso3())).orElse(false);
            return same ? declared.get().tag() : individual.map(Language::tag).orElse(iso3);
        }
        return LanguageRegistry.shortest(plain);
    }

    /** The name the usual way round, without its remark. */
    String english() {
        String plain = name.replaceAll("\\s*\\([^)]*\\)", "").strip();
        int comma = plain.indexOf(", ");
        return comma < 0 ? plain : plain.substring(comma + 2) + " " + plain.substring(0, comma);
    }

    /** ISO 15924 code of most of its letters. */
    String script() {
        return LetterScript.of(sections.values().stream().flatMap(List::stream));
    }
}
