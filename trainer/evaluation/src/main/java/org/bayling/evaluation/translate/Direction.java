package org.bayling.evaluation.translate;

/**
 * What is translated into what.
 *
 * @param source code of the language that is read, as the test set writes it
 * @param target code of the language that is written
 */
public record Direction(String source, String target) {

    /** {@code eng_Latn-zho_Hans}. */
    @Override
    public String toString() {
        return source + "-" + target;
    }
}
