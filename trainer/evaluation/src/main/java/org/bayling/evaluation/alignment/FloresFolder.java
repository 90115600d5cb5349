package org.bayling.evaluation.alignment;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bayling.data.DataException;
import org.bayling.data.StoredFile;

/** A folder as Flores has it: a file for each language, {@code eng_Latn.dev}, the same sentence on the same line of all. */
final class FloresFolder implements ParallelSource {
    private final Map<String, Path> files;

    private FloresFolder(Map<String, Path> files) {
        this.files = files;
    }

    /** @throws DataException when no file's name is a language, or two files are in one language */
    static FloresFolder open(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        List<Path> entries;
        try (Stream<Path> list = Files.list(folder)) {
            entries = list.sorted().toList();
        }
        for (Path file : entries) {
            String code = file.getFileName().toString().replaceAll("\\..*", "");
            if (Files.isRegularFile(file) && ParallelLanguage.isCode(code)) {
                Path other = files.put(code, file);
                if (other != null) {
                    throw new DataException(other + " and " + file + " are both in " + code
                            + "; name a folder that holds one file for each language");
                }
            }
        }
        if (files.isEmpty()) {
            List<String> below = entries.stream().filter(Files::isDirectory).map(Path::toString).toList();
            throw new DataException(folder + ": no file's name begins with a language like eng_Latn.dev"
                    + (below.isEmpty() ? "" : "; name one of the folders in it: " + String.join(", ", below)));
        }
        return new FloresFolder(files);
    }

    @Override
    public List<ParallelLanguage> languages() {
        return files.keySet().stream().map(ParallelLanguage::of).toList();
    }

    @Override
    public ParallelSentences read(List<ParallelLanguage> chosen, Set<ParallelLanguage> needed, int limit)
            throws IOException {
        List<List<String>> texts = new ArrayList<>();
        Path first = files.get(chosen.get(0).code());
        for (ParallelLanguage language : chosen) {
            Path file = files.get(language.code());
            List<String> lines = lines(file, limit);
            texts.add(lines);
            int expected = texts.get(0).size();
            if (lines.size() != expected) {
                Path shorter = lines.size() < expected ? file : first;
                throw new DataException(shorter + ":" + Math.min(lines.size(), expected) + ": the file ends here, but "
                        + (shorter.equals(file) ? first : file) + " goes on; all files must have as many lines");
            }
        }
        return new ParallelSentences(chosen, texts, List.of());
    }

    private static List<String> lines(Path file, int limit) throws IOException {
        List<String> lines = new ArrayList<>();
        try (StoredFile stored = StoredFile.open(file);
                BufferedReader reader = new BufferedReader(stored.characters())) {
            for (String line = reader.readLine(); line != null && lines.size() < limit; line = reader.readLine()) {
                if (line.isBlank()) {
                    throw new DataException(file + ":" + (lines.size() + 1) + ": the line is empty, expected a sentence");
                }
                lines.add(line.strip());
            }
        } catch (CharacterCodingException problem) {
            throw new DataException(
                    file + ": from line " + (lines.size() + 1) + " on: holds bytes that are not UTF-8; convert it", problem);
        }
        return lines;
    }
}
