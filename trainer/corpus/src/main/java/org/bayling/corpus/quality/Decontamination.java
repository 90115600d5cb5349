package org.bayling.corpus.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.bayling.corpus.source.SourceItem;

/**
 * Items that hold texts of evaluation sets, in any language. Immutable once built; may be asked from several threads.
 *
 * <p>Texts are folded ({@link FoldedText}) and compared by stretches of tokens, each a 64-bit hash: ten words, twenty
 * Han characters or kana, forty letters of other scripts without spaces. Any stretch in common counts. An evaluation
 * text without such a stretch is looked for as a whole: anywhere in an item where it has half a stretch or more,
 * between punctuation marks or line ends where it is shorter, as a whole side where it is but a word. Names, numbers and dates
 * are not running text and pass.
 *
 * <p>Memory: 12 bytes a slot, 17 to 34 bytes for each stretch of the evaluation sets.
 */
public final class Decontamination implements QualityFilter {
    public static final String NAME = "decontamination";
    private static final String[] UNITS = {"words", "characters", "letters"};

    private final int[] stretch;
    private final GramIndex grams = new GramIndex();
    private final GramIndex shorts = new GramIndex();
    private final BitSet[] shortLengths = {new BitSet(), new BitSet(), new BitSet()};
    private final List<Location> texts = new ArrayList<>();

    private record Location(String set, Path file, int line) {
        @Override
        public String toString() {
            return set + " (" + file.getFileName() + ", line " + line + ")";
        }
    }

    private Decontamination(QualityRecipe recipe) {
        stretch = new int[] {recipe.overlapWords(), recipe.overlapIdeographs(), recipe.overlapLetters()};
    }

    /**
     * Reads evaluation sets.
     *
     * @throws org.bayling.data.DataException naming the set, file and line that cannot be read
     */
    public static Decontamination of(List<EvaluationSet> sets, QualityRecipe recipe) throws IOException {
        Decontamination built = new Decontamination(recipe);
        for (EvaluationSet set : sets) {
            EvaluationTexts.read(set, (file, line, text) -> built.index(new Location(set.name(), file, line), text));
        }
        return built;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        if (!Side.isRunningText(item)) {
            return Verdict.KEEP;
        }
        for (String part : Side.parts(item)) {
            Optional<String> found = find(part);
            if (found.isPresent()) {
                return new Verdict.Drop(NAME, found.get());
            }
        }
        return Verdict.KEEP;
    }

    /** Evaluation texts that were read. */
    public int texts() {
        return texts.size();
    }

    /** What a text shares with which evaluation set, file and line; empty where it shares nothing. */
    public Optional<String> find(String text) {
        FoldedText folded = FoldedText.of(text);
        for (int stream = 0; stream < FoldedText.STREAMS; stream++) {
            TokenStream tokens = new TokenStream(folded, stream);
            for (int start = 0; start < tokens.size(); start++) {
                Optional<String> found = findAt(tokens, stream, start, folded.size());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> findAt(TokenStream tokens, int stream, int start, int all) {
        int full = start + stretch[stream];
        int text = full <= tokens.size() ? grams.find(tokens.hash(start, full)) : -1;
        if (text >= 0) {
            return Optional.of(stretch[stream] + " " + UNITS[stream] + " of " + texts.get(text));
        }
        BitSet lengths = shortLengths[stream];
        for (int length = lengths.nextSetBit(0); length >= 0; length = lengths.nextSetBit(length + 1)) {
            int end = start + length;
            if (end > tokens.size()) {
                break;
            }
            if (mayEnd(tokens, stream, start, end, all)) {
                text = shorts.find(tokens.hash(start, end));
                if (text >= 0) {
                    return Optional.of("the whole text of " + texts.get(text));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a short evaluation text may be recognised between two places. */
    private boolean mayEnd(TokenStream tokens, int stream, int start, int end, int all) {
        int length = end - start;
        if (2 * length >= stretch[stream]) {
            return true;
        }
        if (length * 10 <= stretch[stream]) {
            return length == all;
        }
        return tokens.breaksBefore(start) && tokens.breaksBefore(end);
    }

    private void index(Location location, String text) {
        FoldedText folded = FoldedText.of(text);
        int number = texts.size();
        texts.add(location);
        TokenStream longest = null;
        int longestStream = 0;
        boolean whole = true;
        for (int stream = 0; stream < FoldedText.STREAMS; stream++) {
            TokenStream tokens = new TokenStream(folded, stream);
            for (int end = stretch[stream]; end <= tokens.size(); end++) {
                grams.add(tokens.hash(end - stretch[stream], end), number);
                whole = false;
            }
            if (longest == null || tokens.letters() > longest.letters()) {
                longest = tokens;
                longestStream = stream;
            }
        }
        if (whole && longest.size() > 0) {
            shorts.add(longest.hash(0, longest.size()), number);
            shortLengths[longestStream].set(longest.size());
        }
    }
}
