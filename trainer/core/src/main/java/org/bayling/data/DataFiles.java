package org.bayling.data;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which files a data set is made of, and what each of them holds. */
final class DataFiles {
    private static final Set<String> COMPRESSED = Set.of("gz", "gzip", "zst", "zstd");
    private static final String KNOWN =
            ".json, .jsonl, .ndjson, .csv, .tsv (each also .gz or .zst) and .parquet";

    private DataFiles() {}

    /**
     * The files that paths, folders and globs name: each path in the order given, the files of a folder (with all below
     * it) or glob sorted by name, every file once. A corpus gives its shards.
     */
    static List<Path> list(String dataset, List<String> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String path : paths) {
            if (CorpusManifest.isIn(Path.of(path))) {
                files.addAll(CorpusManifest.read(Path.of(path)).files());
                continue;
            }
            Set<Path> found = find(path);
            if (found.isEmpty()) {
                throw new DataException("dataset '" + dataset + "': no data file at " + path
                        + (Files.isDirectory(Path.of(path)) ? ": the folder holds none of " + KNOWN : ""));
            }
            for (Path file : found) {
                if (!files.contains(file)) {
                    files.add(file);
                }
            }
        }
        return List.copyOf(files);
    }

    /** The reader for a file, chosen by the ending of its name. */
    static RowReader reader(Path file) throws DataException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean compressed = COMPRESSED.contains(ending(name));
        String inner = compressed ? name.substring(0, name.lastIndexOf('.')) : name;
        Optional<RowReader> reader = readerFor(ending(inner));
        if (reader.isEmpty()) {
            throw new DataException(file + ": cannot tell the format from the name; known endings are " + KNOWN);
        }
        if (compressed && ending(inner).equals("parquet")) {
            throw new DataException(file + ": Parquet files are compressed inside; decompress this file first");
        }
        return reader.get();
    }

    private static Optional<RowReader> readerFor(String ending) {
        return switch (ending) {
            case "json" -> Optional.of(new JsonReader());
            case "jsonl", "ndjson" -> Optional.of(new JsonLinesReader());
            case "csv" -> Optional.of(new DelimitedReader(','));
            case "tsv" -> Optional.of(new DelimitedReader('\t'));
            case "parquet" -> Optional.of(new ParquetReader());
            default -> Optional.empty();
        };
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Set<Path> find(String path) throws IOException {
        // A name that exists is meant literally, even when it holds a character that a glob gives a meaning to.
        if (Files.isRegularFile(Path.of(path))) {
            return Set.of(Path.of(path));
        }
        if (Files.isDirectory(Path.of(path))) {
            return walk(Path.of(path), DataFiles::isData);
        }
        if (path.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
            return Set.of();
        }
        Path root = literalParent(Path.of(path));
        if (!Files.isDirectory(root)) {
            return Set.of();
        }
        return walk(root, FileSystems.getDefault().getPathMatcher("glob:" + path));
    }

    private static Set<Path> walk(Path root, PathMatcher wanted) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Set<Path> sorted = new TreeSet<>();
            files.filter(Files::isRegularFile).filter(wanted::matches).forEach(sorted::add);
            return sorted;
        }
    }

    /** Whether the name ends as those of files of rows do. */
    static boolean isData(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String inner = COMPRESSED.contains(ending(name)) ? name.substring(0, name.lastIndexOf('.')) : name;
        return !name.startsWith(".") && readerFor(ending(inner)).isPresent();
    }

    /** The longest leading part of a glob without wildcards. */
    private static Path literalParent(Path glob) {
        Path root = glob.isAbsolute() ? glob.getRoot() : Path.of("");
        for (Path part : glob) {
            if (part.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
                break;
            }
            root = root.resolve(part);
        }
        return root;
    }
}
