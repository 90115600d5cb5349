package org.bayling.corpus.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.source.SourceItem;

/**
 * Running text that repeats a pivot instead of translating it: the same after case, punctuation and width are taken
 * off, or most words the same. Short sentences, and written Chinese of other kinds (Cantonese, Xiang, traditional
 * characters) beside Chinese, need to be wholly the same.
 */
final class UntranslatedCopy implements QualityFilter {
    static final String NAME = "untranslated";
    private static final int FEWEST_WORDS = 5;
    private static final int FEWEST_LETTERS = 8;

    private final double mostOverlap;
    private final LanguageRegistry registry;

    UntranslatedCopy(double mostOverlap, LanguageRegistry registry) {
        this.mostOverlap = mostOverlap;
        this.registry = registry;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        if (!(item instanceof SourceItem.Parallel parallel) || !Side.isRunningText(item)) {
            return Verdict.KEEP;
        }
        for (String pivot : List.of(Pivots.ENGLISH, Pivots.CHINESE)) {
            String original = parallel.texts().get(pivot);
            if (original == null) {
                continue;
            }
            List<String> words = words(original);
            for (Side side : Side.of(item)) {
                if (side.language().equals(pivot)) {
                    continue;
                }
                double overlap = overlap(words, words(side.text()));
                if (overlap > mostOverlap && (overlap == 1 || !isAlsoChinese(pivot, side.language()))) {
                    String reason = String.format(
                            Locale.ROOT, "%s repeats %s (%.0f %% of words)", side.language(), pivot, 100 * overlap);
                    return new Verdict.Drop(NAME, reason, Pivots.isPivot(side.language()) ? "" : side.language());
                }
            }
        }
        return Verdict.KEEP;
    }

    /** Shared words among all words of both, 2 |A ∩ B| / (|A| + |B|) with repetitions; 0 for what is too short. */
    private static double overlap(List<String> a, List<String> b) {
        if (a.equals(b)) {
            return a.stream().mapToInt(String::length).sum() >= FEWEST_LETTERS ? 1 : 0;
        }
        if (Math.min(a.size(), b.size()) < FEWEST_WORDS) {
            return 0;
        }
        Map<String, Integer> left = new HashMap<>();
        a.forEach(word -> left.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : b) {
            int count = left.getOrDefault(word, 0);
            common += count > 0 ? 1 : 0;
            left.put(word, count - 1);
        }
        return 2.0 * common / (a.size() + b.size());
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        FoldedText folded = FoldedText.of(text);
        for (int i = 0; i < folded.size(); i++) {
            words.add(folded.token(i));
        }
        return words;
    }

    private boolean isAlsoChinese(String pivot, String tag) {
        return pivot.equals(Pivots.CHINESE)
                && registry.find(tag)
                        .map(language -> language.script().startsWith("Han"))
                        .orElse(tag.startsWith("zh"));
    }
}
