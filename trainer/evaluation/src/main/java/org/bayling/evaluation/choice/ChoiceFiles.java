package org.bayling.evaluation.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

/**
 * Which files hold which language of a task: told by a code in the file's name ({@code val.zh.jsonl}, {@code
 * zho_Hans.jsonl}, {@code de_validation.jsonl.gz}) or else by the name of the folder that the file is in.
 */
final class ChoiceFiles {
    private static final Set<String> ISO_639_1 = Set.copyOf(Arrays.asList(Locale.getISOLanguages()));
    private static final String ENDINGS = ".*\\.(jsonl|ndjson)(\\.(gz|zst))?";

    private ChoiceFiles() {}

    /**
     * Files by language, both in the order of their names.
     *
     * @param paths files and folders; of folders all JSONL files below
     * @param languages wanted; empty takes all that are there
     * @throws DataException when nothing is found, a wanted language is missing, or a file tells no language
     */
    static Map<String, List<Path>> byLanguage(ChoiceTask task, List<Path> paths, List<String> languages)
            throws IOException {
        Map<String, List<Path>> found = new TreeMap<>();
        for (Path file : files(paths)) {
            String language = language(task, file)
                    .or(task::monolingual)
                    .orElseThrow(() -> new DataException(file + ": its name tells no language" + known(task)
                            + "; name it like val.zh.jsonl or put it into a folder named by the language"));
            found.computeIfAbsent(language, key -> new ArrayList<>()).add(file);
        }
        if (languages.isEmpty()) {
            return found;
        }
        Map<String, List<Path>> wanted = new LinkedHashMap<>();
        for (String language : languages) {
            if (!found.containsKey(language)) {
                throw new DataException("task " + task.name() + ": there are no data for the language '" + language
                        + "'; " + paths.get(0) + " has " + String.join(", ", found.keySet()));
            }
            wanted.put(language, found.get(language));
        }
        return wanted;
    }

    private static Set<Path> files(List<Path> paths) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> below = Files.walk(path)) {
                    List<Path> data = below.filter(file -> name(file).matches(ENDINGS)).toList();
                    if (data.isEmpty()) {
                        throw new DataException(path + ": the folder holds no .jsonl file (nor .jsonl.gz, .jsonl.zst)");
                    }
                    files.addAll(data);
                }
            } else if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static Optional<String> language(ChoiceTask task, Path file) {
        Optional<String> own = code(task, name(file).replaceAll("\\.(jsonl|ndjson|json|gz|zst)\\b", ""));
        Path folder = file.toAbsolutePath().getParent();
        return own.isPresent() || folder == null ? own : code(task, name(folder));
    }

    private static Optional<String> code(ChoiceTask task, String name) {
        Stream<String> whole = Stream.of(name.split("[.-]")).filter(part -> part.matches("[a-z]{3}_[A-Z][a-z]{3}"));
        Stream<String> parts = Stream.of(name.split("[._-]")).filter(ISO_639_1::contains);
        return Stream.concat(whole, parts)
                .filter(code -> task.languages().isEmpty() || task.languages().contains(code))
                .findFirst();
    }

    private static String name(Path file) {
        return file.getFileName() == null ? "" : file.getFileName().toString();
    }

    private static String known(ChoiceTask task) {
        return task.languages().isEmpty()
                ? ""
                : " that " + task.name() + " has words for (" + String.join(", ", task.languages()) + ")";
    }
}
