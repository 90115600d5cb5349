package org.bayling.tokenizer.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bayling.tokenizer.WordEncoder;

/**
 * Words as SentencePiece's trainer has them: letters with their marks, a {@code ▁} for the space before them; every
 * other character alone. A character that is no piece is made of byte tokens now; here it is one id of its own.
 */
final class SentencePieceWords implements ExistingWords {
    /** Stands for a space. */
    static final String SPACE = "\u2581";

    private static final Pattern WORD =
            Pattern.compile(" ?[\\p{L}\\p{M}\u200C\u200D]+|\\S", Pattern.UNICODE_CHARACTER_CLASS);

    private final WordEncoder encoder;
    private final Map<String, Integer> vocabulary;
    private final int size;
    private final WordCounts<String> counts;

    /**
     * @param encoder without normalizer and pre-tokenizer; owned from now on
     * @param vocabulary ids by piece
     * @param size of the vocabulary; the first id of a missing character
     */
    SentencePieceWords(WordEncoder encoder, Map<String, Integer> vocabulary, int size, long budget) {
        this.encoder = encoder;
        this.vocabulary = vocabulary;
        this.size = size;
        this.counts = new WordCounts<>(budget);
    }

    @Override
    public void add(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            boolean begins = matcher.start() == 0;
            int end = matcher.end();
            for (int from = matcher.start(); from < end; ) {
                int to = end - from <= LONGEST_WORD ? end : text.offsetByCodePoints(from, LONGEST_WORD / 2);
                String word = text.substring(from, to).replace(" ", SPACE);
                counts.add(begins && from == 0 && !word.startsWith(SPACE) ? SPACE + word : word, 20 * word.length());
                from = to;
            }
        }
    }

    @Override
    public long forgotten() {
        return counts.forgotten();
    }

    @Override
    public Counted counted() {
        List<String> missing = missing();
        Map<String, Integer> missingIds = new HashMap<>();
        for (int i = 0; i < missing.size(); i++) {
            missingIds.put(missing.get(i), size + i);
        }
        Map<Ids, Long> words = new HashMap<>();
        counts.counts().forEach((word, count) -> words.merge(new Ids(ids(word, missingIds)), count, Long::sum));
        return new Counted(words, missing);
    }

    private List<String> missing() {
        TreeSet<Integer> codePoints = new TreeSet<>();
        counts.counts().keySet().forEach(word -> word.codePoints()
                .filter(c -> !vocabulary.containsKey(Character.toString(c)))
                .forEach(codePoints::add));
        return codePoints.stream().map(Character::toString).toList();
    }

    /** Encodes what lies between missing characters as it is, which no piece crosses. */
    private int[] ids(String word, Map<String, Integer> missing) {
        List<Integer> ids = new ArrayList<>();
        StringBuilder known = new StringBuilder();
        word.codePoints().mapToObj(Character::toString).forEach(character -> {
            if (missing.containsKey(character)) {
                flush(known, ids);
                ids.add(missing.get(character));
            } else {
                known.append(character);
            }
        });
        flush(known, ids);
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private void flush(StringBuilder known, List<Integer> ids) {
        if (!known.isEmpty()) {
            encoder.words(known.toString()).forEach(word -> {
                for (int id : word) {
                    ids.add(id);
                }
            });
            known.setLength(0);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
