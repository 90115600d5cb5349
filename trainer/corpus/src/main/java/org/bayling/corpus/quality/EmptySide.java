package org.bayling.corpus.quality;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;

/** Sides, messages and choices without a visible character, and items that lack a question or an answer. */
final class EmptySide implements QualityFilter {
    static final String NAME = "empty-side";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        if (item instanceof SourceItem.Parallel parallel) {
            return parallel(parallel);
        }
        if (item instanceof SourceItem.Choice choice) {
            return choice(choice);
        }
        return instruction((SourceItem.Instruction) item);
    }

    private static Verdict parallel(SourceItem.Parallel item) {
        for (Side side : Side.of(item)) {
            if (isBlank(side.text())) {
                return new Verdict.Drop(NAME, "nothing in " + side.language(), side.language());
            }
        }
        return item.texts().size() < 2 ? new Verdict.Drop(NAME, "fewer than two languages") : Verdict.KEEP;
    }

    private static Verdict choice(SourceItem.Choice item) {
        if (item.gold() < 0 || item.gold() >= item.choices().size()) {
            return new Verdict.Drop(
                    NAME,
                    "the right choice is number " + item.gold() + " of "
                            + item.choices().size());
        }
        for (String text : Side.parts(item)) {
            if (isBlank(text)) {
                return new Verdict.Drop(NAME, "an empty question or choice");
            }
        }
        return Verdict.KEEP;
    }

    private static Verdict instruction(SourceItem.Instruction item) {
        boolean asked = false;
        boolean answered = false;
        for (Turn turn : item.messages()) {
            if (isBlank(turn.content())) {
                return new Verdict.Drop(NAME, "an empty message of the " + turn.role());
            }
            asked |= turn.role().equals("user");
            answered |= turn.role().equals("assistant");
        }
        return asked && answered ? Verdict.KEEP : new Verdict.Drop(NAME, asked ? "no answer" : "no question");
    }

    /** Neither spaces nor characters that leave no mark, such as zero-width joiners, count as text. */
    private static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> UCharacter.isUWhiteSpace(c)
                        || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT));
    }
}
