package org.bayling.corpus;

/**
 * From which language into which a task goes, written {@code en-fr}.
 *
 * @param pivot language of the instruction, and one of the two sides
 * @param language the other side
 * @param fromPivot true for pivot to language, false for language to pivot
 */
public record Direction(Pivot pivot, Language language, boolean fromPivot) {

    /** For example {@code en-fr}. */
    public String tag() {
        return fromPivot ? pivot.tag() + "-" + language.tag() : language.tag() + "-" + pivot.tag();
    }
}
