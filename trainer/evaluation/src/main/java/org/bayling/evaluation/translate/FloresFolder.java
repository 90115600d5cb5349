package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bayling.data.DataException;

/** FLORES-101, FLORES-200 and FLORES+: for each language a file, the same sentence on the same line of all. */
final class FloresFolder implements TestSet {
    private static final String CODE = "[a-z]{3}(?:_[A-Za-z0-9]+)*";
    private static final String COMPRESSED = "(?:\\.(?:gz|zst))?";

    private final String name;
    private final TreeMap<String, Path> files;
    private final AlignedFiles texts = new AlignedFiles();

    private FloresFolder(String name, TreeMap<String, Path> files) {
        this.name = name;
        this.files = files;
    }

    /**
     * Looks for the files of a split.
     *
     * @param folder that holds them, or a folder of that split that does
     * @return empty when there are none
     */
    static Optional<FloresFolder> in(Path folder, String split) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        for (Path place : List.of(folder, folder.resolve(split))) {
            if (Files.isDirectory(place)) {
                collect(place, split, files);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        boolean scripts = files.keySet().stream().anyMatch(code -> code.matches("[a-z]{3}_[A-Z][a-z]{3}.*"));
        return Optional.of(new FloresFolder(scripts ? "flores-200" : "flores-101", files));
    }

    private static void collect(Path folder, String split, TreeMap<String, Path> files) throws IOException {
        String quoted = Pattern.quote(split);
        Pattern names = Pattern.compile(
                "(?:(" + CODE + ")\\." + quoted + "|" + quoted + "\\.(" + CODE + "))" + COMPRESSED);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.sorted().toList()) {
                Matcher matcher = names.matcher(file.getFileName().toString());
                if (matcher.matches() && Files.isRegularFile(file)) {
                    String code = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                    Path before = files.put(code, file);
                    if (before != null) {
                        throw new DataException(before + " and " + file + " are both " + code + "; remove one");
                    }
                }
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Direction> directions() {
        List<Direction> directions = new ArrayList<>();
        for (String source : files.keySet()) {
            for (String target : files.keySet()) {
                if (!source.equals(target)) {
                    directions.add(new Direction(source, target));
                }
            }
        }
        return directions;
    }

    @Override
    public List<Segment> segments(Direction direction) throws IOException {
        return texts.segments(files.get(direction.source()), List.of(files.get(direction.target())));
    }
}
