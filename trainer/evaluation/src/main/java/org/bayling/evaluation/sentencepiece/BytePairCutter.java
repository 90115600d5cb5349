package org.bayling.evaluation.sentencepiece;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Byte pair encoding as SentencePiece does it: neighbours are joined, the pair of the highest score first. */
record BytePairCutter(PieceTable pieces) implements PieceCutter {

    /** Two neighbours that are a piece together. */
    private record Pair(int left, int right, float score, int length) {}

    private static final Comparator<Pair> HIGHEST_THEN_LEFTMOST =
            Comparator.comparingDouble(Pair::score).reversed().thenComparingInt(Pair::left);

    @Override
    public int[] cut(byte[] text) {
        return new Joining(text).ends();
    }

    /** One text's symbols: {@code text[starts[i], ends[i])}, linked; a symbol that was joined to another is empty. */
    private final class Joining {
        private final byte[] text;
        private final int[] starts;
        private final int[] ends;
        private final int[] previous;
        private final int[] next;
        private final boolean[] frozen;
        private final PriorityQueue<Pair> pairs = new PriorityQueue<>(HIGHEST_THEN_LEFTMOST);
        private final Map<Long, Integer> partsOfUnused = new HashMap<>();
        private int symbols;

        Joining(byte[] text) {
            this.text = text;
            starts = new int[text.length];
            ends = new int[text.length];
            previous = new int[text.length];
            next = new int[text.length];
            frozen = new boolean[text.length];
            for (int at = 0; at < text.length; at = ends[symbols++]) {
                int userDefined = pieces.userDefinedAt(text, at);
                starts[symbols] = at;
                ends[symbols] = Math.min(
                        text.length, at + (userDefined > 0 ? userDefined : PieceTable.characterLength(text[at])));
                frozen[symbols] = userDefined > 0;
                previous[symbols] = symbols - 1;
                next[symbols] = ends[symbols] == text.length ? -1 : symbols + 1;
            }
        }

        int[] ends() {
            for (int i = 1; i < symbols; i++) {
                offer(i - 1, i);
            }
            for (Pair pair = pairs.poll(); pair != null; pair = pairs.poll()) {
                if (isStale(pair)) {
                    continue;
                }
                ends[pair.left] = ends[pair.right];
                next[pair.left] = next[pair.right];
                if (next[pair.right] >= 0) {
                    previous[next[pair.right]] = pair.left;
                }
                ends[pair.right] = starts[pair.right];
                offer(previous[pair.left], pair.left);
                offer(pair.left, next[pair.left]);
            }
            List<Integer> cuts = new ArrayList<>();
            for (int i = symbols == 0 ? -1 : 0; i >= 0; i = next[i]) {
                split(starts[i], ends[i], cuts);
            }
            return cuts.stream().mapToInt(Integer::intValue).toArray();
        }

        private boolean isStale(Pair pair) {
            int left = ends[pair.left] - starts[pair.left];
            int right = ends[pair.right] - starts[pair.right];
            return left == 0 || right == 0 || left + right != pair.length;
        }

        private void offer(int left, int right) {
            if (left < 0 || right < 0 || frozen[left] || frozen[right]) {
                return;
            }
            int piece = pieces.find(text, starts[left], ends[right]);
            if (piece == PieceTable.NONE) {
                return;
            }
            pairs.add(new Pair(left, right, pieces.score(piece), ends[right] - starts[left]));
            if (pieces.isUnused(piece)) {
                partsOfUnused.put(key(starts[left], ends[right]), ends[left]);
            }
        }

        /** A piece that is not to be used falls apart into what it was joined from. */
        private void split(int start, int end, List<Integer> cuts) {
            int piece = pieces.find(text, start, end);
            Integer middle =
                    piece == PieceTable.NONE || !pieces.isUnused(piece) ? null : partsOfUnused.get(key(start, end));
            if (middle == null) {
                cuts.add(end);
            } else {
                split(start, middle, cuts);
                split(middle, end, cuts);
            }
        }

        private long key(int start, int end) {
            return (long) start << 32 | end;
        }
    }
}
