package org.bayling.corpus.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;

/**
 * One text in many languages, one object for each: its sections, each a list of paragraphs.
 *
 * <p>A paragraph becomes an item in those languages whose section has as many paragraphs as the English one (where
 * there is no English, as most of them); others divide the section differently. A section of several paragraphs is a document
 * too, and stands in every language. Of several versions in one language the standard one is taken.
 */
final class DeclarationsReading {
    /** More characters than this are not a declaration; all are in memory at once. */
    private static final long LARGEST = 128L << 20;

    private final SourceRecipe.MultiParallel recipe;
    private final LanguageNames languages;

    DeclarationsReading(SourceRecipe.MultiParallel recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    void read(Consumer<SourceItem> sink) throws IOException {
        List<Declaration> declarations = new ArrayList<>();
        long[] size = {0};
        Declaration.each(recipe, declaration -> {
            size[0] += declaration.characters();
            if (size[0] > LARGEST) {
                throw new DataException(declaration.origin() + ": more than " + (LARGEST >> 20)
                        + " Mi characters; use aligned files (format: flores) for sets of this size");
            }
            declarations.add(declaration);
        });
        SortedMap<String, Declaration> chosen = standardOnes(declarations);
        Set<String> sections = new LinkedHashSet<>();
        declarations.forEach(declaration -> sections.addAll(declaration.sections().keySet()));
        for (String section : sections) {
            section(section, chosen, sink);
        }
    }

    private SortedMap<String, Declaration> standardOnes(List<Declaration> declarations) throws DataException {
        Set<String> wanted = new LinkedHashSet<>();
        for (String code : recipe.languages()) {
            wanted.add(languages.tag(code, "source '" + recipe.id() + "', languages"));
        }
        SortedMap<String, Declaration> chosen = new TreeMap<>();
        List<Declaration> sorted = new ArrayList<>(declarations);
        sorted.sort(Comparator.comparingInt(Declaration::distanceFromStandard));
        for (Declaration declaration : sorted) {
            if (!declaration.hasLanguage()) {
                continue;
            }
            String tag = declaration.tag(languages.registry());
            if (languages.registry().find(tag).isEmpty()) {
                throw new DataException(declaration.origin() + ": unknown language \"" + tag + "\" ("
                        + declaration.english() + "); take the registry from Sources.languages");
            }
            if (wanted.isEmpty() || wanted.contains(tag)) {
                chosen.putIfAbsent(tag, declaration);
            }
        }
        return chosen;
    }

    private void section(String section, SortedMap<String, Declaration> chosen, Consumer<SourceItem> sink) {
        int paragraphs = usualCount(section, chosen);
        for (int i = 0; i < paragraphs; i++) {
            SortedMap<String, String> texts = new TreeMap<>();
            for (Map.Entry<String, Declaration> entry : chosen.entrySet()) {
                List<String> own = entry.getValue().sections().getOrDefault(section, List.of());
                if (own.size() == paragraphs) {
                    texts.put(entry.getKey(), own.get(i));
                }
            }
            emit(section + "/" + (i + 1), SourceItem.Kind.SENTENCE, texts, sink);
        }
        if (paragraphs > 1) {
            SortedMap<String, String> texts = new TreeMap<>();
            chosen.forEach((tag, declaration) -> {
                List<String> own = declaration.sections().getOrDefault(section, List.of());
                if (!own.isEmpty()) {
                    texts.put(tag, String.join("\n", own));
                }
            });
            emit(section, SourceItem.Kind.DOCUMENT, texts, sink);
        }
    }

    private void emit(String key, SourceItem.Kind kind, SortedMap<String, String> texts, Consumer<SourceItem> sink) {
        if (texts.size() >= 2) {
            sink.accept(new SourceItem.Parallel(recipe.id(), key, kind, Collections.unmodifiableSortedMap(texts)));
        }
    }

    private static int usualCount(String section, SortedMap<String, Declaration> chosen) {
        Declaration english = chosen.get("en");
        if (english != null && english.sections().containsKey(section)) {
            return english.sections().get(section).size();
        }
        Map<Integer, Integer> counts = new TreeMap<>();
        chosen.values().forEach(declaration -> counts.merge(
                declaration.sections().getOrDefault(section, List.of()).size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(count -> count.getKey() > 0)
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }
}
