package org.bayling.corpus.task;

import java.util.Objects;
import org.bayling.corpus.Pivot;

/**
 * What to make of an item: which task, from which language into which, asked in which pivot.
 *
 * @param task a name of {@link Tasks}
 * @param from BCP 47 tag of what is given
 * @param to BCP 47 tag of the answer; the same as {@code from} where a task stays inside one language
 * @param pivot language of the instruction
 */
public record Assignment(String task, String from, String to, Pivot pivot) {
    public Assignment {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(pivot, "pivot");
    }

    /** {@code fr-zh}, or one tag alone where given and answer are in the same language. */
    public String direction() {
        return from.equals(to) ? from : from + "-" + to;
    }

    /** The side that is not a pivot; of English and Chinese alone, the one that is not the instruction's. */
    public String language() {
        if (!isPivot(from)) {
            return from;
        }
        if (!isPivot(to)) {
            return to;
        }
        return from.equals(pivot.tag()) ? to : from;
    }

    private static boolean isPivot(String tag) {
        return tag.equals(Pivot.ENGLISH.tag()) || tag.equals(Pivot.CHINESE.tag());
    }
}
