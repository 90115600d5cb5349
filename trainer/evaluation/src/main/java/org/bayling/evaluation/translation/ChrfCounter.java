package org.bayling.evaluation.translation;

import java.util.List;
import java.util.Locale;

/** Counts chrF's statistics. */
final class ChrfCounter implements SegmentCounter {
    private final Chrf metric;
    private final NgramMatches characterMatches;
    private final NgramMatches wordMatches;
    private final WordSymbols words = new WordSymbols();
    private final TextBuffer buffer = new TextBuffer();
    private final double[] candidate;
    private int[] characters = new int[256];
    private int[] symbols = new int[256];
    private int characterCount;
    private int symbolCount;

    ChrfCounter(Chrf metric) {
        this.metric = metric;
        this.characterMatches = new NgramMatches(metric.charOrder());
        this.wordMatches = new NgramMatches(metric.wordOrder());
        this.candidate = new double[metric.statistics()];
    }

    @Override
    public void count(String hypothesis, List<String> references, double[] into, int offset) {
        if (references.size() == 1) {
            count(hypothesis, references.get(0), into, offset);
            return;
        }
        double best = -1;
        for (String reference : references) {
            count(hypothesis, reference, candidate, 0);
            double score = metric.score(candidate).score();
            if (score > best) {
                best = score;
                System.arraycopy(candidate, 0, into, offset, candidate.length);
            }
        }
    }

    /** For each order: n-grams of the hypothesis (0 when the reference has none), of the reference, in both. */
    private void count(String hypothesis, String reference, double[] into, int offset) {
        words.clear();
        characterMatches.clear();
        wordMatches.clear();
        read(reference, true);
        characterMatches.addReference(characters, characterCount);
        wordMatches.addReference(symbols, symbolCount);
        int referenceCharacters = characterCount;
        int referenceSymbols = symbolCount;
        read(hypothesis, false);
        int wordOffset = offset + 3 * metric.charOrder();
        totals(metric.charOrder(), characterCount, referenceCharacters, into, offset);
        totals(metric.wordOrder(), symbolCount, referenceSymbols, into, wordOffset);
        characterMatches.count(characters, characterCount, into, offset + 2, 3);
        wordMatches.count(symbols, symbolCount, into, wordOffset + 2, 3);
    }

    private static void totals(int orders, int hypothesis, int reference, double[] into, int offset) {
        for (int n = 1; n <= orders; n++) {
            int theirs = Math.max(0, reference - n + 1);
            into[offset + 3 * n - 3] = theirs == 0 ? 0 : Math.max(0, hypothesis - n + 1);
            into[offset + 3 * n - 2] = theirs;
            into[offset + 3 * n - 1] = 0;
        }
    }

    private void read(String raw, boolean reference) {
        buffer.set(metric.lowercase() ? raw.toLowerCase(Locale.ROOT) : raw);
        int[] points = buffer.points();
        int length = buffer.length();
        if (characters.length < length) {
            characters = new int[2 * length];
            symbols = new int[2 * length];
        }
        characterCount = 0;
        symbolCount = 0;
        int start = -1;
        for (int i = 0; i <= length; i++) {
            boolean space = i == length || PythonSpace.is(points[i]);
            if (i < length && (!space || metric.whitespace())) {
                characters[characterCount++] = points[i];
            }
            if (space && start >= 0) {
                addWord(points, start, i, reference);
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
    }

    /** A word, with one punctuation mark at most cut off: the last character's, or else the first's. */
    private void addWord(int[] points, int start, int end, boolean reference) {
        if (metric.wordOrder() == 0) {
            return;
        }
        int cut = start;
        if (end - start > 1 && isPunctuation(points[end - 1])) {
            cut = end - 1;
        } else if (end - start > 1 && isPunctuation(points[start])) {
            cut = start + 1;
        }
        if (cut > start) {
            symbols[symbolCount++] = symbol(points, start, cut, reference);
        }
        symbols[symbolCount++] = symbol(points, cut, end, reference);
    }

    private int symbol(int[] points, int start, int end, boolean reference) {
        return reference ? words.add(points, start, end) : words.find(points, start, end);
    }

    private static boolean isPunctuation(int c) {
        return c > ' ' && c < 0x7F && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z');
    }
}
