package org.bayling.generate;

/** Is told of an answer while it grows. */
@FunctionalInterface
public interface TokenListener {
    /** Lets everything pass. */
    TokenListener NONE = (id, text) -> true;

    /**
     * A token was chosen.
     *
     * @param id the token
     * @param text what can be shown now: never half a character, nothing of a stop string, often empty; all pieces
     *     together are the answer's text
     * @return false ends the answer
     */
    boolean onToken(int id, String text);
}
