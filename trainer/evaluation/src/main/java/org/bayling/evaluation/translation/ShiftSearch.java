package org.bayling.evaluation.translation;

/**
 * tercom's greedy search for shifts: as long as moving a run of words that the reference has elsewhere makes the edit
 * distance smaller, the best such move is made and costs one edit. For one thread.
 */
final class ShiftSearch {
    private static final int MAX_SHIFT_SIZE = 10;
    private static final int MAX_SHIFT_DISTANCE = 50;
    private static final int MAX_CANDIDATES = 1000;

    private final EditDistance distance = new EditDistance();
    private int[] reference = {};
    private int[] words = {};
    private int[] candidate = {};
    private int checked;

    // The alignment of the words with the reference.
    private int[] aligned = {};
    private boolean[] wrongReference = {};
    private boolean[] wrongWord = {};

    // The best shift so far.
    private int bestGain;
    private int bestLength;
    private int bestStart;
    private int bestTarget;

    /** Edits, shifts among them, from the hypothesis to the reference. */
    int edits(int[] hypothesis, int[] newReference) {
        if (newReference.length == 0) {
            return hypothesis.length;
        }
        reference = newReference;
        words = hypothesis.clone();
        candidate = new int[words.length];
        distance.begin(reference, words.length);
        checked = 0;
        int shifts = 0;
        while (true) {
            int edits = distance.keep(words);
            if (edits == 0 || !findShift(edits) || checked >= MAX_CANDIDATES || bestGain <= 0) {
                return shifts + edits;
            }
            shift(bestStart, bestLength, bestTarget);
            System.arraycopy(candidate, 0, words, 0, words.length);
            shifts++;
        }
    }

    /** Looks through the shifts; false when there is none. */
    private boolean findShift(int edits) {
        align(distance.steps());
        bestLength = 0;
        for (int start = 0; start < words.length; start++) {
            int last = Math.min(reference.length - 1, start + MAX_SHIFT_DISTANCE);
            for (int from = Math.max(0, start - MAX_SHIFT_DISTANCE); from <= last; from++) {
                for (int length = 1; matches(start, from, length); length++) {
                    boolean useful = anyWrong(wrongWord, start, length)
                            && anyWrong(wrongReference, from, length)
                            && (aligned[from] < start || aligned[from] >= start + length);
                    if (useful) {
                        tryTargets(edits, start, from, length);
                        if (checked >= MAX_CANDIDATES) {
                            return true;
                        }
                    }
                }
            }
        }
        return bestLength > 0;
    }

    /** Whether a run, equal up to its last word, is as long as a shift may be and equal in that one too. */
    private boolean matches(int start, int from, int length) {
        return length <= MAX_SHIFT_SIZE
                && start + length <= words.length
                && from + length <= reference.length
                && words[start + length - 1] == reference[from + length - 1];
    }

    private static boolean anyWrong(boolean[] wrong, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (wrong[i]) {
                return true;
            }
        }
        return false;
    }

    private void tryTargets(int edits, int start, int from, int length) {
        int before = -1;
        for (int offset = -1; offset < length && from + offset < reference.length; offset++) {
            int target = from + offset < 0 ? 0 : aligned[from + offset] + 1;
            if (target == before) {
                continue;
            }
            before = target;
            shift(start, length, target);
            int gain = edits - distance.distance(candidate, Math.min(start, target));
            checked++;
            if (isBetter(gain, length, start, target)) {
                bestGain = gain;
                bestLength = length;
                bestStart = start;
                bestTarget = target;
            }
        }
    }

    /** The highest gain wins, then the longest run, then the earliest, then the one that goes the least far. */
    private boolean isBetter(int gain, int length, int start, int target) {
        if (bestLength == 0 || gain != bestGain) {
            return bestLength == 0 || gain > bestGain;
        }
        if (length != bestLength) {
            return length > bestLength;
        }
        return start != bestStart ? start < bestStart : target < bestTarget;
    }

    /** Writes the words to {@link #candidate} with a run moved before the word at {@code target}. */
    private void shift(int start, int length, int target) {
        if (target < start) {
            move(0, 0, target);
            move(target, start, length);
            move(target + length, target, start - target);
            move(start + length, start + length, words.length - start - length);
            return;
        }
        // Behind itself; a target within the run counts from its end.
        int end = Math.min(words.length, target > start + length ? target : length + target);
        move(0, 0, start);
        move(start, start + length, end - start - length);
        move(end - length, start, length);
        move(end, end, words.length - end);
    }

    private void move(int to, int from, int length) {
        System.arraycopy(words, from, candidate, to, length);
    }

    /** Which word each word of the reference stands at, -1 before the first, and which words are wrong. */
    private void align(byte[] steps) {
        if (aligned.length < reference.length) {
            aligned = new int[2 * reference.length];
            wrongReference = new boolean[2 * reference.length];
        }
        if (wrongWord.length < words.length) {
            wrongWord = new boolean[2 * words.length];
        }
        int word = -1;
        int position = -1;
        for (byte step : steps) {
            boolean wrong = step != EditDistance.NOTHING;
            if (step != EditDistance.INSERTION) {
                wrongWord[++word] = wrong;
            }
            if (step != EditDistance.DELETION) {
                aligned[++position] = word;
                wrongReference[position] = wrong;
            }
        }
    }
}
