package org.bayling.evaluation.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;

/**
 * Which files hold which language: told by a code in the file's name ({@code val.zh.jsonl}, {@code zho_Hans.jsonl},
 * {@code de_validation.jsonl.gz}) or else by the name of the folder that the file is in.
 *
 * @param name of the task, for messages
 * @param known codes that count; empty when any two-letter code and any like {@code zho_Hans} does
 * @param otherwise the language of files that tell none; empty when they must tell
 */
public record LanguageFiles(String name, Set<String> known, Optional<String> otherwise) {
    private static final Set<String> ISO_639_1 = Set.copyOf(Arrays.asList(Locale.getISOLanguages()));
    private static final String TEXT = "(?i).*\\.txt(\\.(gz|gzip|zst|zstd))?";
    private static final String ROWS = "(?i).*\\.(jsonl|ndjson|json|csv|tsv|parquet)(\\.(gz|gzip|zst|zstd))?";
    private static final String ENDINGS = "(?i)\\.(jsonl|ndjson|json|csv|tsv|parquet|txt|gz|gzip|zst|zstd)\\b";

    /**
     * Files of rows by language, both in the order of their names.
     *
     * @param paths files, folders and globs; of folders all files of rows below
     * @param languages wanted; empty takes all that are there
     * @throws DataException when nothing is found, a wanted language is missing, or a file tells no language
     */
    public Map<String, List<Path>> byLanguage(List<Path> paths, List<String> languages) throws IOException {
        Map<String, List<Path>> found = new TreeMap<>();
        for (Path file : files(paths)) {
            String language = language(file)
                    .orElseThrow(() -> new DataException(file + ": its name tells no language" + words()
                            + "; name it like val.zh.jsonl or put it into a folder named by the language"));
            found.computeIfAbsent(language, key -> new ArrayList<>()).add(file);
        }
        if (languages.isEmpty()) {
            return found;
        }
        Map<String, List<Path>> wanted = new LinkedHashMap<>();
        for (String language : languages) {
            wanted.put(language, required(language, found, paths));
        }
        return wanted;
    }

    /**
     * What there is of a language.
     *
     * @throws DataException when there is nothing, with the languages that are there
     */
    public <T> T required(String language, Map<String, T> found, List<Path> paths) throws DataException {
        if (!found.containsKey(language)) {
            throw new DataException("task " + name + ": there are no data for the language '" + language + "'; "
                    + paths.get(0) + " has " + String.join(", ", found.keySet()));
        }
        return found.get(language);
    }

    /** The language of a file, if its name or its folder's tells one or there is one for all. */
    public Optional<String> language(Path file) {
        Optional<String> own = code(last(file).replaceAll(ENDINGS, ""));
        Path folder = file.toAbsolutePath().getParent();
        return own.or(() -> folder == null ? Optional.empty() : code(last(folder))).or(() -> otherwise);
    }

    /** Files of rows, or of plain text from folders that have no others, in the order of their names. */
    public Set<Path> withPlainText(List<Path> paths) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path path : paths) {
            List<Path> plain = Files.isDirectory(path) ? plainText(path) : List.of();
            files.addAll(plain.isEmpty() ? files(List.of(path)) : plain);
        }
        return files;
    }

    /** Empty when there are rows too. */
    private List<Path> plainText(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> all = below.filter(Files::isRegularFile).toList();
            boolean rows = all.stream().anyMatch(file -> last(file).matches(ROWS));
            return rows ? List.of() : all.stream().filter(LanguageFiles::isPlainText).toList();
        }
    }

    private Set<Path> files(List<Path> paths) throws IOException {
        return new TreeSet<>(
                DataRows.files(name, paths.stream().map(Path::toString).toList()));
    }

    /** Whether a file holds text itself, and not rows. */
    public static boolean isPlainText(Path file) {
        return last(file).matches(TEXT);
    }

    private Optional<String> code(String text) {
        Stream<String> whole = Stream.of(text.split("[.-]")).filter(part -> part.matches("[a-z]{3}_[A-Z][a-z]{3}"));
        Stream<String> parts = Stream.of(text.split("[._-]")).filter(ISO_639_1::contains);
        return Stream.concat(whole, parts)
                .filter(code -> known.isEmpty() || known.contains(code))
                .findFirst();
    }

    private static String last(Path file) {
        return file.getFileName() == null ? "" : file.getFileName().toString();
    }

    private String words() {
        return known.isEmpty() ? "" : " that " + name + " has words for (" + String.join(", ", new TreeSet<>(known)) + ")";
    }
}
