package org.bayling.corpus.source;

import java.util.List;

/** Entries of the recipe's sources cannot be used; holds every problem found, in the order of the recipe. */
public final class RecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    RecipeException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one, each with the place in the recipe: {@code sources[2].format: ...}. */
    public List<String> problems() {
        return problems;
    }
}
