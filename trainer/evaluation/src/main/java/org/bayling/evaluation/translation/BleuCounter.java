package org.bayling.evaluation.translation;

import java.util.List;
import java.util.Locale;

/** Counts BLEU's statistics. */
final class BleuCounter implements SegmentCounter {
    private final Bleu metric;
    private final TextBuffer buffer = new TextBuffer();
    private final WordSymbols words = new WordSymbols();
    private final NgramMatches matches;
    private int[] symbols = new int[256];

    BleuCounter(Bleu metric) {
        this.metric = metric;
        this.matches = new NgramMatches(metric.maxOrder());
    }

    @Override
    public void count(String hypothesis, List<String> references, double[] into, int offset) {
        words.clear();
        matches.clear();
        int[] lengths = new int[references.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = tokens(references.get(i), true);
            matches.addReference(symbols, lengths[i]);
        }
        int length = tokens(hypothesis, false);
        int order = metric.maxOrder();
        into[offset] = length;
        into[offset + 1] = closest(length, lengths);
        for (int n = 1; n <= order; n++) {
            into[offset + 1 + n] = 0;
            into[offset + 1 + order + n] = Math.max(0, length - n + 1);
        }
        matches.count(symbols, length, into, offset + 2, 1);
    }

    private static int closest(int length, int[] references) {
        int closest = references[0];
        for (int reference : references) {
            int nearer = Math.abs(length - closest) - Math.abs(length - reference);
            if (nearer > 0 || nearer == 0 && reference < closest) {
                closest = reference;
            }
        }
        return closest;
    }

    /** Leaves the numbers of the tokens in {@link #symbols} and returns how many there are. */
    private int tokens(String raw, boolean reference) {
        String text = metric.lowercase() ? raw.toLowerCase(Locale.ROOT) : raw;
        metric.tokenizer().tokenize(PythonSpace.stripTrailing(text), buffer);
        int[] points = buffer.points();
        int length = buffer.length();
        if (symbols.length < length) {
            symbols = new int[2 * length];
        }
        int count = 0;
        int start = -1;
        for (int i = 0; i <= length; i++) {
            boolean space = i == length || PythonSpace.is(points[i]);
            if (space && start >= 0) {
                symbols[count++] = reference ? words.add(points, start, i) : words.find(points, start, i);
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        return count;
    }
}
