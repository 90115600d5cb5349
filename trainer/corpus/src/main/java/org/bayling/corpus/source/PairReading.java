package org.bayling.corpus.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;

/** Text in two languages: aligned files, two columns, or one object a line. */
final class PairReading {
    private final SourceRecipe.Parallel recipe;
    private final LanguageNames languages;

    PairReading(SourceRecipe.Parallel recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    /** Two files, line for line; both must end together. */
    void lines(Consumer<SourceItem> sink) throws IOException {
        String[] tags = tags();
        if (recipe.paths().size() != 2) {
            throw new DataException("source '" + recipe.id() + "': aligned lines need two paths, one for each language,"
                    + " got " + recipe.paths().size());
        }
        Path first = Path.of(recipe.paths().get(0));
        Path second = Path.of(recipe.paths().get(1));
        try (TextLines left = TextLines.open(first);
                TextLines right = TextLines.open(second)) {
            while (true) {
                String a = left.next();
                String b = right.next();
                if (a == null && b == null) {
                    return;
                }
                if (a == null || b == null) {
                    long lines = left.number() - 1;
                    throw new DataException((a == null ? first : second) + ":" + lines + ": the file ends here, but "
                            + (a == null ? second : first) + " goes on; the two must have the same number of lines");
                }
                refuseEmpty(a, first + ":" + left.number(), tags[0]);
                refuseEmpty(b, second + ":" + right.number(), tags[1]);
                sink.accept(item(Long.toString(left.number()), tags[0], a, tags[1], b));
            }
        }
    }

    /** Two columns, no header, no quoting. */
    void columns(Consumer<SourceItem> sink) throws IOException {
        String[] tags = tags();
        for (String path : recipe.paths()) {
            Path file = Path.of(path);
            try (TextLines lines = TextLines.open(file)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    String where = file + ":" + lines.number();
                    String[] cells = line.split("\t", -1);
                    if (cells.length != 2) {
                        throw lines.at("expected two columns divided by a tab, found " + cells.length, null);
                    }
                    refuseEmpty(cells[0], where, tags[0]);
                    refuseEmpty(cells[1], where, tags[1]);
                    sink.accept(item(
                            file.getFileName() + ":" + lines.number(), tags[0], cells[0], tags[1], cells[1]));
                }
            }
        }
    }

    /** Objects: src_lang, tgt_lang, src, tgt; or translation: {en: .., zh: ..}; or the languages themselves as keys. */
    void objects(Consumer<SourceItem> sink) throws IOException {
        DataRows.objects(recipe.id(), recipe.paths(), (origin, row) -> {
            SortedMap<String, String> texts = new TreeMap<>();
            if (row.has("src_lang")) {
                put(texts, text(row, "src_lang", origin), row.get("src"), origin);
                put(texts, text(row, "tgt_lang", origin), row.get("tgt"), origin);
            } else if (row.path("translation").isObject()) {
                for (Map.Entry<String, JsonNode> field : row.get("translation").properties()) {
                    put(texts, field.getKey(), field.getValue(), origin);
                }
            } else {
                for (String code : recipe.languages()) {
                    put(texts, code, row.get(code), origin);
                }
            }
            if (texts.size() < 2) {
                throw new DataException(origin + ": expected text in two languages, as src_lang, tgt_lang, src and tgt,"
                        + " as translation: {en: .., zh: ..}, or under the source's languages; found " + texts.size());
            }
            String key = origin.file().getFileName() + ":" + origin.number();
            sink.accept(new SourceItem.Parallel(
                    recipe.id(), key, recipe.kind(), Collections.unmodifiableSortedMap(texts)));
        });
    }

    private static String text(JsonNode row, String field, Origin origin) throws DataException {
        if (!row.path(field).isTextual()) {
            throw new DataException(origin + ": " + field + " is missing or no text");
        }
        return row.get(field).textValue();
    }

    private void put(SortedMap<String, String> texts, String code, JsonNode value, Origin origin)
            throws DataException {
        String tag = languages.tag(code, origin);
        String text = value != null && value.isTextual() ? value.textValue() : "";
        refuseEmpty(text, origin.toString(), tag);
        if (texts.put(tag, text.strip()) != null) {
            throw new DataException(origin + ": both sides are " + tag);
        }
    }

    private String[] tags() throws DataException {
        List<String> codes = recipe.languages();
        String where = "source '" + recipe.id() + "', languages";
        if (codes.size() != 2) {
            throw new DataException(where + ": expected two, got " + codes.size());
        }
        String[] tags = {languages.tag(codes.get(0), where), languages.tag(codes.get(1), where)};
        if (tags[0].equals(tags[1])) {
            throw new DataException(where + ": both are " + tags[0]);
        }
        return tags;
    }

    private static void refuseEmpty(String text, String where, String tag) throws DataException {
        if (text.isBlank()) {
            throw new DataException(where + ": the side in " + tag + " is empty; remove the pair from the data");
        }
    }

    private SourceItem.Parallel item(String key, String tagA, String a, String tagB, String b) {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put(tagA, a.strip());
        texts.put(tagB, b.strip());
        return new SourceItem.Parallel(recipe.id(), key, recipe.kind(), Collections.unmodifiableSortedMap(texts));
    }
}
