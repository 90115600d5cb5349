package org.bayling.corpus.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;

/** Finding the files of a source, and the language in a file's name. */
final class SourceFiles {
    private static final Set<String> COMPRESSED = Set.of("gz", "gzip", "zst", "zstd");

    private SourceFiles() {}

    /** Opens a file, plain or compressed. */
    static StoredFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": no such file");
        }
        return StoredFile.open(file);
    }

    /** The files of a folder, sorted by name, without hidden ones. */
    static List<Path> inFolder(String source, String folder) throws IOException {
        if (!Files.isDirectory(Path.of(folder))) {
            throw new DataException("source '" + source + "': no folder at " + folder);
        }
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new DataException("source '" + source + "': the folder " + folder + " holds no files");
            }
            return files;
        }
    }

    /**
     * The language that a file's name holds between its dots: {@code eng_Latn.dev}, {@code val.zh.jsonl},
     * {@code wikipedia.dev.ne-en.ne.gz}; of several, the last one.
     *
     * @throws DataException when there is none
     */
    static Language language(Path file, LanguageRegistry registry) throws DataException {
        List<String> parts = new ArrayList<>(List.of(file.getFileName().toString().split("\\.")));
        if (COMPRESSED.contains(parts.get(parts.size() - 1).toLowerCase(Locale.ROOT))) {
            parts.remove(parts.size() - 1);
        }
        Optional<Language> found = Optional.empty();
        for (String part : parts) {
            // Names of languages are words that may stand in a file's name for another reason; codes are not.
            if (part.matches("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")) {
                Optional<Language> before = found;
                found = registry.find(part).or(() -> before);
            }
        }
        if (found.isEmpty()) {
            throw new DataException(file + ": the file's name holds no code of a known language between its dots;"
                    + " expected one such as eng_Latn, zh or deu");
        }
        return found.get();
    }
}
