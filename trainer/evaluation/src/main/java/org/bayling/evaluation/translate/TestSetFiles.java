package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bayling.data.DataException;

/**
 * Where a test set lies.
 *
 * @param paths a folder, or files of rows
 * @param split of FLORES: {@code dev} or {@code devtest}
 * @param testSet of WMT, where the folder has several
 * @param references labels of WMT's references; empty takes A, or else the first
 */
public record TestSetFiles(List<Path> paths, String split, Optional<String> testSet, List<String> references) {
    public TestSetFiles {
        paths = List.copyOf(paths);
        references = List.copyOf(references);
    }

    /** The same files of another split. */
    TestSetFiles withSplit(String other) {
        return new TestSetFiles(paths, other, testSet, references);
    }

    /** In the words of a report. */
    String description() {
        StringBuilder text = new StringBuilder(
                paths.stream().map(Path::toString).collect(Collectors.joining(", ")));
        text.append(" (").append(split);
        testSet.ifPresent(name -> text.append(", ").append(name));
        if (!references.isEmpty()) {
            text.append(", references ").append(String.join(", ", references));
        }
        return text.append(')').toString();
    }

    /**
     * Finds out the layout.
     *
     * @throws DataException when there is nothing of a known layout
     */
    TestSet open(LanguageDirectory languages) throws IOException {
        Path first = paths.get(0);
        if (paths.size() == 1 && Files.isDirectory(first)) {
            Optional<FloresFolder> flores = FloresFolder.in(first, split);
            if (flores.isPresent()) {
                return flores.get();
            }
            Optional<PairFolder> pairs = PairFolder.in(first, testSet, references);
            if (pairs.isPresent()) {
                return pairs.get();
            }
        }
        for (Path path : paths) {
            if (!Files.exists(path) && !path.toString().matches(".*[*?\\[{].*")) {
                throw new DataException(path + ": is not there; nothing is downloaded by itself: get the test set, and"
                        + " name the place where it lies");
            }
        }
        if (Files.isDirectory(first) && !hasRows(first)) {
            throw new DataException(first + ": holds no test set of a known layout: FLORES (eng_Latn." + split
                    + ", eng." + split + "), WMT (wmt22.en-zh.src, generaltest2022.en-zh.src.en and their references),"
                    + " two files of a pair (dev.ne-en.en, dev.ne-en.ne), or rows (.jsonl, .tsv)");
        }
        return ParallelRows.read(paths, languages);
    }

    private static boolean hasRows(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.anyMatch(
                    file -> file.toString().matches("(?i).*\\.(jsonl|ndjson|json|csv|tsv|parquet)(\\.(gz|zst))?"));
        }
    }
}
