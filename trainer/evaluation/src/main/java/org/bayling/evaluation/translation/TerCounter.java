package org.bayling.evaluation.translation;

import java.util.Arrays;
import java.util.List;

/** Counts TER's statistics. */
final class TerCounter implements SegmentCounter {
    private final Ter metric;
    private final TextBuffer buffer = new TextBuffer();
    private final WordSymbols words = new WordSymbols();
    private final ShiftSearch search = new ShiftSearch();

    TerCounter(Ter metric) {
        this.metric = metric;
    }

    @Override
    public void count(String hypothesis, List<String> references, double[] into, int offset) {
        words.clear();
        int[] ours = words(hypothesis);
        int least = Integer.MAX_VALUE;
        long length = 0;
        for (String reference : references) {
            int[] theirs = words(reference);
            least = Math.min(least, search.edits(ours, theirs));
            length += theirs.length;
        }
        into[offset] = least;
        into[offset + 1] = (double) length / references.size();
    }

    private int[] words(String line) {
        metric.tokenize(PythonSpace.stripTrailing(line), buffer);
        int[] points = buffer.points();
        int length = buffer.length();
        int[] symbols = new int[length / 2 + 1];
        int count = 0;
        int start = -1;
        for (int i = 0; i <= length; i++) {
            boolean space = i == length || PythonSpace.is(points[i]);
            if (space && start >= 0) {
                symbols[count++] = words.add(points, start, i);
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        return Arrays.copyOf(symbols, count);
    }
}
