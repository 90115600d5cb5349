package org.bayling.tokenizer.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
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

    /** Bytes that the counted words take at most, estimated. */
    public static final long DEFAULT_BUDGET = 512L << 20;

    /** Letters of a word that are counted together; longer ones are cut, for they would make every merge slow. */
    private static final int LONGEST_WORD = 1000;

    private final Pattern words;
    private final WordCounts<String> counts;

    /** A trainer whose white space is that of ASCII, with the default budget. */
    public BytePairTrainer() {
        this(Pattern.compile(WORD), DEFAULT_BUDGET);
    }

    private BytePairTrainer(Pattern words, long budget) {
        this.words = words;
        this.counts = new WordCounts<>(budget);
    }

    /**
     * A trainer whose white space is Unicode's, as it is to the tokenizers that read the vocabulary.
     *
     * @param budget bytes that the counted words may take, estimated; beyond it the rarest are forgotten
     */
    public static BytePairTrainer ofUnicode(long budget) {
        return new BytePairTrainer(Pattern.compile(WORD, Pattern.UNICODE_CHARACTER_CLASS), budget);
    }

    /** Counts the words of a text. */
    public void add(String text) {
        Matcher matcher = words.matcher(text);
        while (matcher.find()) {
            int end = matcher.end();
            for (int from = matcher.start(); from < end; ) {
                int to = end - from <= LONGEST_WORD ? end : text.offsetByCodePoints(from, LONGEST_WORD / 2);
                String word = text.substring(from, to);
                counts.add(word, 20 * word.length());
                from = to;
            }
        }
    }

    /** Words, counted as often as they occurred, that were forgotten because memory was full. */
    public long forgotten() {
        return counts.forgotten();
    }

    /** As {@link #train(List, int, IntConsumer)}, telling nobody. */
    public BytePairVocabulary train(List<String> controls, int size) {
        return train(controls, size, done -> {});
    }

    /**
     * The vocabulary of everything added so far.
     *
     * @param controls control tokens, which get the first ids; no merge spells one of them
     * @param size number of tokens in all; fewer come out when the text has no pair left that occurs twice
     * @param progress told the number of merged pieces so far
     * @throws IllegalArgumentException when the size is too small, or a control token is empty, named twice or one of
     *     the 256 bytes
     */
    public BytePairVocabulary train(List<String> controls, int size, IntConsumer progress) {
        if (size < controls.size() + 256) {
            throw new IllegalArgumentException("a byte-level vocabulary with " + controls.size()
                    + " control tokens needs at least " + (controls.size() + 256) + " tokens, asked for " + size);
        }
        List<String> bytes = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            bytes.add(String.valueOf(ByteAlphabet.of(value)));
        }
        checkControls(controls, bytes);
        MergeLearner learner = new MergeLearner(bytes, Map.of(), Set.copyOf(controls)::contains);
        counts.counts().forEach((word, count) -> learner.add(ByteAlphabet.ids(word), count));
        List<Merge> merges = new ArrayList<>();
        for (MergeLearner.Step step : learner.learn(size - controls.size() - 256, progress)) {
            merges.add(new Merge(
                    learner.pieces().get(step.left()), learner.pieces().get(step.right())));
        }
        return new BytePairVocabulary(controls, learner.pieces(), merges);
    }

    private static void checkControls(List<String> controls, List<String> bytes) {
        Set<String> seen = new HashSet<>(bytes);
        for (String control : controls) {
            if (control.isEmpty()) {
                throw new IllegalArgumentException("a control token must not be empty");
            }
            if (!seen.add(control)) {
                throw new IllegalArgumentException("control token '" + control + "' is "
                        + (bytes.contains(control) ? "one of the 256 bytes" : "named twice"));
            }
        }
    }
}
