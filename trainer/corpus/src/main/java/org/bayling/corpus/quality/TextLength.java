package org.bayling.corpus.quality;

import org.bayling.corpus.source.SourceItem;

/** Sides that are too long for one sample, and running text that is hardly made of letters. */
final class TextLength implements QualityFilter {
    static final String NAME = "text-length";

    private final int maxCharacters;
    private final double minLetterShare;

    TextLength(int maxCharacters, double minLetterShare) {
        this.maxCharacters = maxCharacters;
        this.minLetterShare = minLetterShare;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        boolean parallel = item instanceof SourceItem.Parallel;
        for (Side side : Side.of(item)) {
            int characters = side.text().codePointCount(0, side.text().length());
            String at = parallel ? side.language() : "";
            if (characters > maxCharacters) {
                return new Verdict.Drop(NAME, characters + " characters, more than " + maxCharacters, at);
            }
            // Instructions may be about numbers and code.
            if (parallel && Side.isRunningText(item) && letterShare(side.text()) < minLetterShare) {
                return new Verdict.Drop(NAME, "hardly any letters", at);
            }
        }
        return Verdict.KEEP;
    }

    /** Letters and marks among the characters that are no space. */
    private static double letterShare(String text) {
        int letters = 0;
        int all = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isWhitespace(c)) {
                all++;
                letters += Scripts.isLetterOrMark(c) ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) letters / all;
    }
}
