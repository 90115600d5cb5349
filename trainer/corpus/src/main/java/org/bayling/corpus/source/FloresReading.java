package org.bayling.corpus.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;

/** Folders with one file for each language, the same sentence on the same line of all. */
final class FloresReading {
    private final SourceRecipe.MultiParallel recipe;
    private final LanguageNames languages;

    FloresReading(SourceRecipe.MultiParallel recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    void read(Consumer<SourceItem> sink) throws IOException {
        for (String folder : recipe.paths()) {
            folder(folder, sink);
        }
    }

    private void folder(String folder, Consumer<SourceItem> sink) throws IOException {
        Map<String, Path> files = files(folder);
        Map<String, TextLines> open = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                open.put(file.getKey(), TextLines.open(file.getValue()));
            }
            SortedMap<String, String> texts = line(files, open);
            for (long number = 1; !texts.isEmpty(); number++) {
                sink.accept(new SourceItem.Parallel(
                        recipe.id(),
                        Path.of(folder).getFileName() + ":" + number,
                        SourceItem.Kind.SENTENCE,
                        Collections.unmodifiableSortedMap(texts)));
                texts = line(files, open);
            }
        } finally {
            for (TextLines lines : open.values()) {
                lines.close();
            }
        }
    }

    private SortedMap<String, Path> files(String folder) throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (String code : recipe.languages()) {
            wanted.add(languages.tag(code, "source '" + recipe.id() + "', languages"));
        }
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path file : SourceFiles.inFolder(recipe.id(), folder)) {
            String tag = SourceFiles.language(file, languages.registry()).tag();
            if (wanted.isEmpty() || wanted.contains(tag)) {
                Path before = files.put(tag, file);
                if (before != null) {
                    throw new DataException(before + " and " + file + " are both in " + tag);
                }
            }
        }
        if (files.size() < 2) {
            throw new DataException("source '" + recipe.id() + "': the folder " + folder + " holds "
                    + files.size() + " of the wanted languages, at least two are needed");
        }
        return files;
    }

    /** The next line of every file; empty when all end together. */
    private static SortedMap<String, String> line(Map<String, Path> files, Map<String, TextLines> open)
            throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        List<String> ended = new ArrayList<>();
        for (Map.Entry<String, TextLines> file : open.entrySet()) {
            String text = file.getValue().next();
            if (text == null) {
                ended.add(file.getKey());
            } else if (text.isBlank()) {
                throw file.getValue().at("the line is empty, so that the folder's files cannot be aligned", null);
            } else {
                texts.put(file.getKey(), text.strip());
            }
        }
        if (!ended.isEmpty() && !texts.isEmpty()) {
            TextLines lines = open.get(ended.get(0));
            throw new DataException(files.get(ended.get(0)) + ":" + (lines.number() - 1) + ": the file ends here, but "
                    + files.get(texts.firstKey()) + " goes on; all files must have the same number of lines");
        }
        return texts;
    }
}
