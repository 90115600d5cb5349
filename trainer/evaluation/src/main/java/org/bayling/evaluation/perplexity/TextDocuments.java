package org.bayling.evaluation.perplexity;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.data.Origin;
import org.bayling.data.StoredFile;
import org.bayling.evaluation.input.LanguageFiles;

/**
 * Reads documents: rows of JSONL, JSON, CSV, TSV and Parquet files, or files of plain text, each a document or each of
 * their lines. The language stands in the row, or else the file's or its folder's name tells it.
 *
 * @param textField of rows; holds a text, or texts in lists and mappings, which are joined by line feeds
 * @param languageField of rows
 * @param byLine whether each line of plain text is a document; empty lines are none
 * @param limit documents of each language, from the first
 */
public record TextDocuments(String textField, String languageField, boolean byLine, int limit) {
    private static final String NAME = "perplexity";

    /**
     * All documents, language by language, in the order of the files within one.
     *
     * @param paths files, folders and globs
     * @param languages wanted, in this order; empty takes all there are, in the order of their names
     * @throws DataException naming file and line
     */
    public List<TextDocument> read(List<Path> paths, List<String> languages) throws IOException {
        LanguageFiles naming = new LanguageFiles(NAME, Set.of(), Optional.empty());
        Map<String, List<TextDocument>> all = new TreeMap<>();
        for (Path file : naming.withPlainText(paths)) {
            List<TextDocument> documents =
                    LanguageFiles.isPlainText(file) ? plain(file, naming) : rows(file, naming.language(file));
            if (documents.isEmpty()) {
                throw new DataException(file + ": is empty; expected text");
            }
            for (TextDocument document : documents) {
                List<TextDocument> known = all.computeIfAbsent(document.language(), key -> new ArrayList<>());
                if (known.size() < limit) {
                    known.add(document);
                }
            }
        }
        List<TextDocument> documents = new ArrayList<>();
        for (String language : languages.isEmpty() ? all.keySet() : languages) {
            documents.addAll(naming.required(language, all, paths));
        }
        return documents;
    }

    private List<TextDocument> rows(Path file, Optional<String> language) throws IOException {
        List<TextDocument> documents = new ArrayList<>();
        DataRows.objects(NAME, List.of(file.toString()), (origin, row) -> {
            if (!row.isObject()) {
                throw new DataException(origin + ": a JSON object is needed, a document a line");
            }
            documents.add(new TextDocument(origin.toString(), language(origin, row, language), text(origin, row)));
        });
        return documents;
    }

    private String language(Origin origin, JsonNode row, Optional<String> told) throws DataException {
        JsonNode value = row.path(languageField);
        if (value.isTextual() && !value.textValue().isBlank()) {
            return value.textValue();
        }
        return told.orElseThrow(() -> new DataException(origin + ": field '" + languageField + "' must name the language"
                + ", as the file's name does not; the row has " + names(row)));
    }

    private String text(Origin origin, JsonNode row) throws DataException {
        if (!row.has(textField)) {
            throw new DataException(origin + ": field '" + textField + "' is not there; the row has " + names(row));
        }
        List<String> texts = new ArrayList<>();
        collect(origin, row.get(textField), texts);
        String text = String.join("\n", texts);
        if (text.isBlank()) {
            throw new DataException(origin + ": field '" + textField + "' holds no text");
        }
        return text;
    }

    private void collect(Origin origin, JsonNode value, List<String> texts) throws DataException {
        if (value.isTextual()) {
            texts.add(value.textValue());
        } else if (value.isContainerNode()) {
            for (JsonNode each : value) {
                collect(origin, each, texts);
            }
        } else {
            throw new DataException(origin + ": field '" + textField + "' must hold text, has " + value);
        }
    }

    private static Set<String> names(JsonNode row) {
        Set<String> names = new TreeSet<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private List<TextDocument> plain(Path file, LanguageFiles naming) throws IOException {
        String language = naming.language(file)
                .orElseThrow(() -> new DataException(file + ": its name tells no language; name it like news.zh.txt or "
                        + "put it into a folder named by the language"));
        String text = content(file);
        List<TextDocument> documents = new ArrayList<>();
        int line = 0;
        for (String part : byLine ? List.of(text.split("\r?\n", -1)) : List.of(text)) {
            line++;
            if (!part.isBlank()) {
                documents.add(new TextDocument(byLine ? file + ":" + line : file.toString(), language, part));
            }
        }
        return documents;
    }

    private static String content(Path file) throws IOException {
        try (StoredFile stored = StoredFile.open(file);
                Reader reader = stored.characters()) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (CharacterCodingException problem) {
            throw new DataException(file + ": holds bytes that are not UTF-8; convert it to UTF-8 first", problem);
        } catch (ZipException | EOFException | com.github.luben.zstd.ZstdIOException problem) {
            throw new DataException(
                    file + ": the compressed data are damaged or cut off: " + problem.getMessage(), problem);
        }
    }
}
