package org.bayling.tokenizer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bayling.tokenizer.training.BytePairVocabulary.Merge;

/** Learns a {@link BytePairVocabulary}: count words, then merge the most frequent pair until the size is reached. */
public final class BytePairTrainer {

    /**
     * What no merge crosses: a word with its marks and joiners and one space before it, one digit, a run of other
     * signs, white space. Digits stand alone so that numbers and dates are made of the same ten pieces everywhere.
     */
    public static final String WORD =
            " ?[\\p{L}\\p{M}\u200C\u200D]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}\u200C\u200D]+|\\s+";

    private static final Pattern WORDS = Pattern.compile(WORD);

    private final Map<String, Long> counts = new TreeMap<>();

    /** Counts the words of a text. */
    public void add(String text) {
        Matcher words = WORDS.matcher(text);
        while (words.find()) {
            counts.merge(ByteAlphabet.encode(words.group()), 1L, Long::sum);
        }
    }

    /**
     * The vocabulary of everything added so far.
     *
     * @param controls control tokens, which get the first ids
     * @param size number of tokens in all; fewer come out when the text has no pair left that occurs twice
     */
    public BytePairVocabulary train(List<String> controls, int size) {
        if (size < controls.size() + 256) {
            throw new IllegalArgumentException("a byte-level vocabulary with " + controls.size()
                    + " control tokens needs at least " + (controls.size() + 256) + " tokens, asked for " + size);
        }
        return new Training(counts).run(controls, size - controls.size());
    }

    /** One word: its pieces now, and how often it occurs. */
    private record Word(int[] pieces, long count) {}

    /** A pair as it was counted when it was queued; out of date when the count has changed since. */
    private record Candidate(long pair, long count) {}

    private static final class Training {
        private final List<String> pieces = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final List<Word> words = new ArrayList<>();
        private final Map<Long, Long> pairCounts = new HashMap<>();
        private final Map<Long, Set<Integer>> pairWords = new HashMap<>();
        private final PriorityQueue<Candidate> queue = new PriorityQueue<>((a, b) -> a.count() != b.count()
                ? Long.compare(b.count(), a.count())
                : Long.compare(a.pair(), b.pair()));

        Training(Map<String, Long> counts) {
            for (int value = 0; value < 256; value++) {
                idOf(String.valueOf(ByteAlphabet.of(value)));
            }
            counts.forEach((text, count) -> words.add(new Word(
                    text.chars().map(c -> ids.get(String.valueOf((char) c))).toArray(), count)));
        }

        BytePairVocabulary run(List<String> controls, int size) {
            for (int word = 0; word < words.size(); word++) {
                count(word, 1);
            }
            pairCounts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
            List<Merge> merges = new ArrayList<>();
            while (pieces.size() < size && !queue.isEmpty()) {
                Candidate best = queue.poll();
                if (pairCounts.getOrDefault(best.pair(), 0L) != best.count()) {
                    continue;
                }
                if (best.count() < 2) {
                    break;
                }
                int left = (int) (best.pair() >>> 32);
                int right = (int) best.pair();
                merges.add(new Merge(pieces.get(left), pieces.get(right)));
                merge(best.pair(), left, right, idOf(pieces.get(left) + pieces.get(right)));
            }
            return new BytePairVocabulary(controls, pieces, merges);
        }

        /** Two different pairs may spell the same piece, which then has one id and two merges. */
        private int idOf(String piece) {
            Integer known = ids.putIfAbsent(piece, pieces.size());
            if (known != null) {
                return known;
            }
            pieces.add(piece);
            return pieces.size() - 1;
        }

        private void merge(long pair, int left, int right, int merged) {
            Set<Long> changed = new HashSet<>();
            for (int index : List.copyOf(pairWords.getOrDefault(pair, Set.of()))) {
                Word word = words.get(index);
                changed.addAll(count(index, -1));
                words.set(index, new Word(replace(word.pieces(), left, right, merged), word.count()));
                changed.addAll(count(index, 1));
            }
            for (long each : changed) {
                long count = pairCounts.getOrDefault(each, 0L);
                if (count > 0) {
                    queue.add(new Candidate(each, count));
                }
            }
        }

        /** Adds a word's pairs to the counts, or takes them away; gives the pairs. */
        private Set<Long> count(int index, int sign) {
            Word word = words.get(index);
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i + 1 < word.pieces().length; i++) {
                long pair = (long) word.pieces()[i] << 32 | word.pieces()[i + 1];
                pairCounts.merge(pair, sign * word.count(), Long::sum);
                if (seen.add(pair)) {
                    Set<Integer> holders = pairWords.computeIfAbsent(pair, p -> new HashSet<>());
                    if (sign > 0) {
                        holders.add(index);
                    } else {
                        holders.remove(index);
                    }
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
            return Arrays.copyOf(shorter, length);
        }
    }
}
