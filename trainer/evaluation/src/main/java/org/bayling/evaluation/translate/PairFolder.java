package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bayling.data.DataException;

/**
 * Files for each direction: those of WMT (source, references by label, outputs of systems), those that sacreBLEU keeps,
 * and two files of a pair that can be read in both directions.
 */
final class PairFolder implements TestSet {
    private static final String PAIR = "(?<set>.+)\\.(?<source>[a-z]{2,3}(?:_\\w+)?)-(?<target>[a-z]{2,3}(?:_\\w+)?)";
    private static final String COMPRESSED = "(?:\\.(?:gz|zst))?";
    private static final Pattern SOURCE = Pattern.compile(PAIR + "\\.src(?:\\.\\k<source>)?" + COMPRESSED);
    private static final Pattern REFERENCE =
            Pattern.compile(PAIR + "\\.ref(?:[.:-](?<label>[^.]+))?(?:\\.\\k<target>)?" + COMPRESSED);
    private static final Pattern OUTPUT =
            Pattern.compile(PAIR + "\\.hyp\\.(?<label>.+)\\.\\k<target>" + COMPRESSED);
    private static final Pattern EITHER = Pattern.compile(PAIR + "\\.(?<side>\\k<source>|\\k<target>)" + COMPRESSED);
    private static final List<String> FOLDERS = List.of("", "sources", "references", "system-outputs", "txt/sources",
            "txt/references", "txt/system-outputs");
    private static final String FIRST_LABEL = "A";

    private final String name;
    private final Map<Direction, Texts> directions;
    private final List<String> labels;
    private final AlignedFiles aligned = new AlignedFiles();

    private PairFolder(String name, Map<Direction, Texts> directions, List<String> labels) {
        this.name = name;
        this.directions = directions;
        this.labels = labels;
    }

    /** The files of one direction; references and outputs by label. */
    private static final class Texts {
        private Optional<Path> source = Optional.empty();
        private final TreeMap<String, Path> references = new TreeMap<>();
        private final TreeMap<String, Path> outputs = new TreeMap<>();
    }

    /**
     * Looks for test sets.
     *
     * @param folder that holds the files, or the folders {@code sources}, {@code references}, {@code system-outputs}
     * @param testSet its name in the files; needed where there are several
     * @param labels of references that are wanted; empty takes A, or else the first there is
     * @return empty when there are none
     */
    static Optional<PairFolder> in(Path folder, Optional<String> testSet, List<String> labels) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : FOLDERS) {
            if (Files.isDirectory(folder.resolve(place))) {
                try (Stream<Path> entries = Files.list(folder.resolve(place))) {
                    entries.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        files.sort(Comparator.naturalOrder());
        boolean wmt = files.stream().anyMatch(file -> SOURCE.matcher(fileName(file)).matches());
        Map<String, Map<Direction, Texts>> sets = wmt ? wmt(files) : pairs(files);
        if (sets.isEmpty()) {
            return Optional.empty();
        }
        String name = testSet.orElseGet(() -> sets.keySet().iterator().next());
        if (sets.size() > 1 && testSet.isEmpty() || !sets.containsKey(name)) {
            throw new DataException(folder + ": holds " + String.join(", ", sets.keySet())
                    + (testSet.isPresent() ? ", but not " + name : "; choose one with --test-set"));
        }
        return Optional.of(new PairFolder(name, sets.get(name), labels));
    }

    private static Map<String, Map<Direction, Texts>> wmt(List<Path> files) throws DataException {
        Map<String, Map<Direction, Texts>> sets = new TreeMap<>();
        for (Path file : files) {
            Matcher source = SOURCE.matcher(fileName(file));
            Matcher reference = REFERENCE.matcher(fileName(file));
            Matcher output = OUTPUT.matcher(fileName(file));
            if (source.matches()) {
                Texts texts = texts(sets, source);
                if (texts.source.isPresent()) {
                    throw new DataException(texts.source.get() + " and " + file + " are both the source; remove one");
                }
                texts.source = Optional.of(file);
            } else if (reference.matches()) {
                String label = reference.group("label");
                texts(sets, reference).references.put(label == null ? "" : label, file);
            } else if (output.matches()) {
                texts(sets, output).outputs.put(output.group("label"), file);
            }
        }
        sets.values().forEach(set -> set.values().removeIf(texts -> texts.source.isEmpty()));
        sets.values().removeIf(Map::isEmpty);
        return sets;
    }

    private static Map<String, Map<Direction, Texts>> pairs(List<Path> files) {
        Map<String, Map<String, Path>> found = new TreeMap<>();
        for (Path file : files) {
            Matcher side = EITHER.matcher(fileName(file));
            if (side.matches()) {
                String pair = side.group("set") + "." + side.group("source") + "-" + side.group("target");
                found.computeIfAbsent(pair, key -> new TreeMap<>()).put(side.group("side"), file);
            }
        }
        Map<String, Map<Direction, Texts>> sets = new TreeMap<>();
        found.forEach((pair, sides) -> {
            String set = pair.substring(0, pair.lastIndexOf('.'));
            if (sides.size() == 2) {
                List<String> codes = List.copyOf(sides.keySet());
                for (Direction direction : List.of(
                        new Direction(codes.get(0), codes.get(1)), new Direction(codes.get(1), codes.get(0)))) {
                    Texts texts = new Texts();
                    texts.source = Optional.of(sides.get(direction.source()));
                    texts.references.put("", sides.get(direction.target()));
                    sets.computeIfAbsent(set, key -> new LinkedHashMap<>()).put(direction, texts);
                }
            }
        });
        return sets;
    }

    private static Texts texts(Map<String, Map<Direction, Texts>> sets, Matcher matcher) {
        return sets.computeIfAbsent(matcher.group("set"), key -> new LinkedHashMap<>())
                .computeIfAbsent(
                        new Direction(matcher.group("source"), matcher.group("target")), key -> new Texts());
    }

    private static String fileName(Path file) {
        return file.getFileName().toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Direction> directions() {
        return List.copyOf(directions.keySet());
    }

    @Override
    public List<Segment> segments(Direction direction) throws IOException {
        Texts texts = directions.get(direction);
        return aligned.segments(texts.source.orElseThrow(), references(direction, texts));
    }

    private List<Path> references(Direction direction, Texts texts) throws DataException {
        String where = name + "." + direction;
        if (texts.references.isEmpty()) {
            throw new DataException(texts.source.orElseThrow() + ": there is no reference for it, " + where
                    + ".ref.*; add it or leave the direction out");
        }
        if (labels.isEmpty()) {
            String label = texts.references.containsKey(FIRST_LABEL) ? FIRST_LABEL : texts.references.firstKey();
            return List.of(texts.references.get(label));
        }
        List<Path> references = new ArrayList<>();
        for (String label : labels) {
            Path file = texts.references.get(label);
            if (file == null) {
                throw new DataException(where + ": has no reference " + label + "; there are "
                        + String.join(", ", new TreeSet<>(texts.references.keySet())));
            }
            references.add(file);
        }
        return references;
    }

    /** The outputs of a published system, by direction; only for directions that it took part in. */
    Map<Direction, Path> outputs(String system) {
        Map<Direction, Path> files = new LinkedHashMap<>();
        directions.forEach((direction, texts) ->
                Optional.ofNullable(texts.outputs.get(system)).ifPresent(file -> files.put(direction, file)));
        return files;
    }
}
