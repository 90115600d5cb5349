package org.bayling.evaluation.alignment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bayling.data.DataException;

/**
 * The same sentences in several languages, all in memory.
 *
 * @param languages pivots first
 * @param texts of each language, as many for all
 * @param leftOut languages whose sentences do not fit, each with the reason
 */
public record ParallelSentences(List<ParallelLanguage> languages, List<List<String>> texts, List<String> leftOut) {
    private static final int SHOWN = 40;

    public ParallelSentences {
        languages = List.copyOf(languages);
        texts = List.copyOf(texts);
        leftOut = List.copyOf(leftOut);
    }

    /** Sentences of each language. */
    public int count() {
        return texts.get(0).size();
    }

    /** Sentences of all languages. */
    public int total() {
        return count() * languages.size();
    }

    /** How the data spell them, pivots first. */
    public List<String> codes() {
        return languages.stream().map(ParallelLanguage::code).toList();
    }

    /**
     * Reads them.
     *
     * @param path a Flores folder, a declarations file, or JSONL, CSV, TSV with a column for each language
     * @param pivots codes, at least one; ISO 639 in any spelling
     * @param wanted codes of the languages to look at beside the pivots; empty takes all that fit
     * @param limit most sentences
     * @throws DataException when a language is missing or the sentences do not fit together
     */
    public static ParallelSentences read(Path path, List<String> pivots, List<String> wanted, int limit)
            throws IOException {
        ParallelSource source = ParallelSource.open(path);
        List<ParallelLanguage> there = source.languages();
        Set<ParallelLanguage> chosen = new LinkedHashSet<>();
        for (String code : pivots) {
            chosen.add(find(code, there, path, "the pivot '" + code + "' (choose others with --pivots)"));
        }
        for (String code : wanted) {
            chosen.add(find(code, there, path, "'" + code + "'"));
        }
        Set<ParallelLanguage> needed = Set.copyOf(chosen);
        if (wanted.isEmpty()) {
            chosen.addAll(there);
        }
        ParallelSentences sentences = source.read(new ArrayList<>(chosen), needed, limit);
        if (sentences.languages().size() < 2 || sentences.count() < 2) {
            throw new DataException(path + ": has " + sentences.count() + " sentences in " + sentences.languages().size()
                    + " languages; two sentences in two languages are the least");
        }
        return sentences;
    }

    /** By its code in the data, else by ISO 639: in the usual script, of several the one with the shortest code. */
    private static ParallelLanguage find(String code, List<ParallelLanguage> there, Path path, String what)
            throws DataException {
        ParallelLanguage meant = ParallelLanguage.of(code);
        Comparator<ParallelLanguage> nearest = Comparator.<ParallelLanguage>comparingInt(
                        language -> language.code().equals(code) ? 0 : 1)
                .thenComparingInt(language -> language.script().equals(meant.script()) ? 0 : 1)
                .thenComparingInt(language -> language.code().length());
        return there.stream()
                .filter(language -> language.code().equals(code)
                        || language.locale().getLanguage().equals(meant.locale().getLanguage()))
                .min(nearest)
                .orElseThrow(() -> new DataException(path + ": there is no language " + what + "; it has " + list(there)));
    }

    private static String list(List<ParallelLanguage> languages) {
        List<String> codes = languages.stream().limit(SHOWN).map(ParallelLanguage::code).toList();
        int more = languages.size() - codes.size();
        return String.join(", ", codes) + (more > 0 ? " and " + more + " more" : "");
    }
}
