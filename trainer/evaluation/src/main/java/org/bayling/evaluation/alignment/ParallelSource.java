package org.bayling.evaluation.alignment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;

/** The same sentences in several languages, in one of the layouts that such data have. */
interface ParallelSource {

    /** What languages there are, in the data's order. */
    List<ParallelLanguage> languages();

    /**
     * Their sentences; the same index is the same sentence.
     *
     * @param chosen some of {@link #languages}; the first one decides which sentences there are
     * @param needed must fit; of the others, those whose sentences do not fit are left out
     * @param limit most sentences
     * @throws DataException when the sentences do not fit together; the message names file and line
     */
    ParallelSentences read(List<ParallelLanguage> chosen, Set<ParallelLanguage> needed, int limit) throws IOException;

    /**
     * Opens a folder with a file for each language, a file with a row for each language (declarations), or a file with
     * a column for each.
     *
     * @throws DataException when it is none of them
     */
    static ParallelSource open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return FloresFolder.open(path);
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        JsonNode first = firstRow(path)
                .orElseThrow(() -> new DataException(path + ": holds no row; expected parallel sentences"));
        return first.path("sections").isObject() ? Declarations.open(path) : LanguageColumns.open(path, first);
    }

    private static Optional<JsonNode> firstRow(Path path) throws IOException {
        JsonNode[] first = new JsonNode[1];
        DataRows.objects("--data", List.of(path.toString()), (origin, row) -> first[0] = first[0] == null ? row : first[0]);
        return Optional.ofNullable(first[0]);
    }
}
