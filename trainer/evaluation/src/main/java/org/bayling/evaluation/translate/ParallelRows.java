package org.bayling.evaluation.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;
import org.bayling.evaluation.translation.PythonSpace;

/** Rows of JSONL, JSON, CSV, TSV or Parquet: of one direction each, or with a text in each of several languages. */
final class ParallelRows implements TestSet {
    private static final String ID = "id";
    private static final String ENDINGS = "\\.(jsonl|ndjson|json|csv|tsv|parquet|gz|zst)\\b.*";

    private final String name;
    private final Map<Direction, List<Segment>> segments = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private ParallelRows(String name) {
        this.name = name;
    }

    /** A row of texts by language; its directions are made when they are asked for, for there may be thousands. */
    private record Row(String place, Map<String, String> texts) {}

    /**
     * Reads all rows.
     *
     * @param paths files, folders and globs
     * @param languages tells columns of languages from others
     * @throws DataException naming file and line of the first row that is none
     */
    static ParallelRows read(List<Path> paths, LanguageDirectory languages) throws IOException {
        List<String> names = paths.stream().map(Path::toString).toList();
        ParallelRows read = new ParallelRows(nameOf(paths.get(0)));
        DataRows.objects(read.name, names, (origin, row) -> {
            if (row.has("src_lang") || row.has("tgt_lang")) {
                Direction direction = new Direction(text(row, "src_lang", origin), text(row, "tgt_lang", origin));
                Segment segment = new Segment(
                        origin.toString(), source(row.get("src"), "src", origin), references(row, origin));
                read.segments.computeIfAbsent(direction, key -> new ArrayList<>()).add(segment);
            } else {
                JsonNode texts = row.path("translation").isObject() ? row.get("translation") : row;
                read.rows.add(new Row(origin.toString(), translations(texts, languages, origin)));
            }
        });
        if (read.segments.isEmpty() && read.rows.isEmpty()) {
            throw new DataException(String.join(", ", names) + ": holds no row; nothing can be translated");
        }
        return read;
    }

    private static String nameOf(Path path) {
        Path last = path.getFileName();
        return last == null ? "rows" : last.toString().replaceAll(ENDINGS, "");
    }

    private static Map<String, String> translations(JsonNode texts, LanguageDirectory languages, Origin origin)
            throws DataException {
        Map<String, String> translations = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : texts.properties()) {
            String code = field.getKey();
            boolean language = code.matches("[a-z]{2,3}([-_][A-Za-z0-9]+)*") && !code.equals(ID);
            if (language && languages.find(code).isPresent()) {
                translations.put(code, source(field.getValue(), code, origin));
            }
        }
        if (translations.size() < 2) {
            throw new DataException(origin + ": expected src_lang, tgt_lang, src and tgt, or texts in two languages"
                    + " under their codes (en, zh, eng_Latn; of Indonesian ind), or those in translation: {...}; found "
                    + (translations.isEmpty() ? "none" : "only " + translations.keySet().iterator().next()));
        }
        return translations;
    }

    private static String text(JsonNode row, String field, Origin origin) throws DataException {
        if (!row.path(field).isTextual() || row.get(field).textValue().isBlank()) {
            throw new DataException(origin + ": " + field + " is missing or no text");
        }
        return row.get(field).textValue();
    }

    private static String source(JsonNode value, String field, Origin origin) throws DataException {
        if (value == null || !value.isTextual()) {
            throw new DataException(origin + ": " + field + " is missing or no text");
        }
        if (PythonSpace.strip(value.textValue()).isEmpty()) {
            throw new DataException(origin + ": " + field + " is blank, so there is nothing to translate");
        }
        return value.textValue();
    }

    /** One text or a list of them. */
    private static List<String> references(JsonNode row, Origin origin) throws DataException {
        JsonNode value = row.path("tgt");
        List<String> references = new ArrayList<>();
        if (value.isTextual()) {
            references.add(value.textValue());
        }
        for (JsonNode each : value) {
            if (!each.isTextual()) {
                throw new DataException(origin + ": tgt holds something that is no text");
            }
            references.add(each.textValue());
        }
        if (references.isEmpty()) {
            throw new DataException(origin + ": tgt is missing or neither a text nor a list of texts");
        }
        return references;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Direction> directions() {
        Set<Direction> directions = new LinkedHashSet<>(segments.keySet());
        Set<Set<String>> combinations = new LinkedHashSet<>();
        rows.forEach(row -> combinations.add(row.texts().keySet()));
        for (Set<String> codes : combinations) {
            codes.forEach(source -> codes.stream()
                    .filter(target -> !target.equals(source))
                    .forEach(target -> directions.add(new Direction(source, target))));
        }
        return List.copyOf(directions);
    }

    @Override
    public List<Segment> segments(Direction direction) {
        List<Segment> all = new ArrayList<>(segments.getOrDefault(direction, List.of()));
        for (Row row : rows) {
            String source = row.texts().get(direction.source());
            String reference = row.texts().get(direction.target());
            if (source != null && reference != null) {
                all.add(new Segment(row.place(), source, List.of(reference)));
            }
        }
        return all;
    }
}
