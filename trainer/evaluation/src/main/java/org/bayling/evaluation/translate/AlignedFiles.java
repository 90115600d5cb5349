package org.bayling.evaluation.translate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.data.DataException;
import org.bayling.evaluation.scoring.ParallelText;
import org.bayling.evaluation.translation.PythonSpace;

/** Files of one segment a line, of which line n of one belongs to line n of the others. Each is read once. */
final class AlignedFiles {
    private final Map<Path, List<String>> known = new HashMap<>();

    /**
     * Source and references, line by line.
     *
     * @throws DataException when a file is empty, not UTF-8 or of another length, or a line of the source is blank
     */
    List<Segment> segments(Path source, List<Path> references) throws IOException {
        List<String> lines = lines(source);
        List<List<String>> translated = new ArrayList<>();
        for (Path reference : references) {
            List<String> other = lines(reference);
            if (other.size() != lines.size()) {
                throw unequal(source, lines.size(), reference, other.size());
            }
            translated.add(other);
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int line = i;
            String place = source + ":" + (i + 1);
            if (PythonSpace.strip(lines.get(i)).isEmpty()) {
                throw new DataException(place + ": the line is blank, so there is nothing to translate");
            }
            segments.add(new Segment(
                    place,
                    lines.get(i),
                    translated.stream().map(file -> file.get(line)).toList()));
        }
        return segments;
    }

    private List<String> lines(Path file) throws IOException {
        List<String> lines = known.get(file);
        if (lines == null) {
            lines = new ArrayList<>();
            try (ParallelText text = ParallelText.open(List.of(file))) {
                for (Optional<ParallelText.Batch> batch = text.next(); batch.isPresent(); batch = text.next()) {
                    for (int i = 0; i < batch.get().size(); i++) {
                        lines.add(batch.get().text(0, i));
                    }
                }
            }
            known.put(file, lines);
        }
        return lines;
    }

    private static DataException unequal(Path source, int sourceLines, Path reference, int referenceLines) {
        return new DataException(source + " has " + count(sourceLines) + ", " + reference + " has "
                + count(referenceLines) + ": line n of one belongs to line n of the other; from line "
                + (Math.min(sourceLines, referenceLines) + 1) + " on one of them is missing");
    }

    private static String count(int lines) {
        return lines + (lines == 1 ? " line" : " lines");
    }
}
