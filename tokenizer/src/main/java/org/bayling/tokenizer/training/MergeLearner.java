package org.bayling.tokenizer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * The loop of byte-pair encoding: merges the most frequent pair of pieces until enough pieces are there. Of pairs that
 * are equally frequent, the one with the lower left id, then the lower right id, goes first.
 *
 * <p>Some of the first pieces may be dormant: characters that the vocabulary does not hold yet. Waking one costs a piece
 * and saves the byte tokens that stand for it now; it is woken when no pair saves more tokens, and merged only then.
 */
final class MergeLearner {
    private final List<String> pieces;
    private final Map<Integer, Integer> dormant;
    private final Predicate<String> refused;
    private final List<Word> words = new ArrayList<>();
    private final Map<String, Integer> learnt = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Long, Long> pairCounts = new HashMap<>();
    private final Map<Long, WordList> pairWords = new HashMap<>();
    private final Set<Long> mergedPairs = new HashSet<>();
    private final Map<Integer, Set<Long>> waiting = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>((a, b) -> a.saves() != b.saves()
            ? Long.compare(b.saves(), a.saves())
            : Long.compare(a.pair(), b.pair()));
    private final PriorityQueue<Candidate> sleepers = new PriorityQueue<>(queue.comparator());

    /**
     * What was learnt, in its order.
     *
     * @param left id of the first piece; of a woken character its own id
     * @param right id of the second piece; -1 for a woken character
     * @param piece id of the result
     */
    record Step(int left, int right, int piece) {
        boolean woken() {
            return right < 0;
        }
    }

    /** One word: its pieces now, and how often it occurs. */
    private record Word(int[] pieces, long count) {}

    /** A pair, or a dormant character, as it was counted when it was queued; out of date when the count has changed. */
    private record Candidate(long pair, long saves) {}

    /**
     * @param pieces by id; null where there is none
     * @param dormant ids among them that are not there yet, with the number of tokens that stand for each now
     * @param refused spellings that no merge may have
     */
    MergeLearner(List<String> pieces, Map<Integer, Integer> dormant, Predicate<String> refused) {
        this.pieces = new ArrayList<>(pieces);
        this.dormant = new HashMap<>(dormant);
        this.refused = refused;
    }

    void add(int[] word, long count) {
        words.add(new Word(word, count));
    }

    /** Every piece by id, the learnt ones behind the first. */
    List<String> pieces() {
        return pieces;
    }

    /** Tokens that all words take now; a dormant character counts as the tokens that stand for it. */
    long tokens() {
        long tokens = 0;
        for (Word word : words) {
            tokens += word.count() * Arrays.stream(word.pieces()).mapToLong(this::tokensOf).sum();
        }
        return tokens;
    }

    private long tokensOf(int piece) {
        return dormant.getOrDefault(piece, 1);
    }

    /**
     * Learns; fewer come out when nothing is left that occurs twice.
     *
     * @param number of pieces to add
     * @param progress told the number of pieces added so far
     */
    List<Step> learn(int number, IntConsumer progress) {
        for (int word = 0; word < words.size(); word++) {
            count(word, 1);
        }
        pairCounts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
        queueSleepers();
        int added = 0;
        while (added < number) {
            dropStale();
            Candidate sleeper = sleepers.peek();
            Candidate pair = queue.peek();
            if (sleeper != null && (pair == null || sleeper.saves() >= pair.saves())) {
                wake((int) sleepers.poll().pair());
                added++;
            } else if (pair != null && pair.saves() >= 2) {
                added += mergeBest(queue.poll().pair());
            } else {
                break;
            }
            progress.accept(added);
        }
        return steps;
    }

    private void queueSleepers() {
        Map<Integer, Long> counts = new HashMap<>();
        for (Word word : words) {
            for (int piece : word.pieces()) {
                if (dormant.containsKey(piece)) {
                    counts.merge(piece, word.count(), Long::sum);
                }
            }
        }
        counts.forEach((piece, count) -> {
            long saves = count * (tokensOf(piece) - 1);
            if (count >= 2 && saves >= 2) {
                sleepers.add(new Candidate(piece, saves));
            }
        });
    }

    /** Takes from the head of the queue what may not be merged, or not yet. */
    private void dropStale() {
        while (!queue.isEmpty()) {
            long pair = queue.peek().pair();
            int left = left(pair);
            int right = right(pair);
            boolean current = pairCounts.getOrDefault(pair, 0L) == queue.peek().saves();
            if (current && dormant.containsKey(left)) {
                waiting.computeIfAbsent(left, id -> new HashSet<>()).add(pair);
            } else if (current && dormant.containsKey(right)) {
                waiting.computeIfAbsent(right, id -> new HashSet<>()).add(pair);
            } else if (current && !refused.test(pieces.get(left) + pieces.get(right))) {
                return;
            }
            queue.poll();
        }
    }

    private void wake(int piece) {
        dormant.remove(piece);
        steps.add(new Step(piece, -1, piece));
        requeue(waiting.getOrDefault(piece, Set.of()));
        waiting.remove(piece);
    }

    /** Returns how many pieces came with it: two different pairs may spell the same piece, which has one id. */
    private int mergeBest(long pair) {
        String spelling = pieces.get(left(pair)) + pieces.get(right(pair));
        Integer known = learnt.putIfAbsent(spelling, pieces.size());
        int merged = known == null ? pieces.size() : known;
        if (known == null) {
            pieces.add(spelling);
        }
        if (mergedPairs.add(pair)) { // else it came back through another spelling, and its first merge applies again
            steps.add(new Step(left(pair), right(pair), merged));
        }
        merge(pair, merged);
        return known == null ? 1 : 0;
    }

    private void merge(long pair, int merged) {
        Set<Long> changed = new HashSet<>();
        WordList holders = pairWords.remove(pair);
        for (int i = 0; i < holders.size; i++) {
            int index = holders.words[i];
            Word word = words.get(index);
            int[] shorter = replace(word.pieces(), left(pair), right(pair), merged);
            if (shorter.length == word.pieces().length) {
                continue; // listed twice, or another merge took the pair away
            }
            changed.addAll(count(index, -1));
            words.set(index, new Word(shorter, word.count()));
            changed.addAll(count(index, 1));
        }
        pairCounts.remove(pair);
        requeue(changed);
    }

    private void requeue(Set<Long> pairs) {
        for (long pair : pairs) {
            long count = pairCounts.getOrDefault(pair, 0L);
            if (count > 0) {
                queue.add(new Candidate(pair, count));
            }
        }
    }

    /** Adds a word's pairs to the counts, or takes them away; gives the pairs. */
    private Set<Long> count(int index, int sign) {
        Word word = words.get(index);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i + 1 < word.pieces().length; i++) {
            long pair = (long) word.pieces()[i] << 32 | word.pieces()[i + 1];
            pairCounts.merge(pair, sign * word.count(), (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
            if (seen.add(pair) && sign > 0) {
                pairWords.computeIfAbsent(pair, p -> new WordList()).add(index);
            }
        }
        return seen;
    }

    private static int[] replace(int[] pieces, int left, int right, int merged) {
        int[] shorter = new int[pieces.length];
        int length = 0;
        for (int i = 0; i < pieces.length; i++) {
            boolean here = i + 1 < pieces.length && pieces[i] == left && pieces[i + 1] == right;
            shorter[length++] = here ? merged : pieces[i];
            if (here) {
                i++;
            }
        }
        return length == pieces.length ? pieces : Arrays.copyOf(shorter, length);
    }

    private static int left(long pair) {
        return (int) (pair >>> 32);
    }

    private static int right(long pair) {
        return (int) pair;
    }

    /** Words that hold a pair, or held it once. */
    private static final class WordList {
        private int[] words = new int[2];
        private int size;

        void add(int word) {
            if (size > 0 && words[size - 1] == word) {
                return;
            }
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * size);
            }
            words[size++] = word;
        }
    }
}
