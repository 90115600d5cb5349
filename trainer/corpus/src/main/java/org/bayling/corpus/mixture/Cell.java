package org.bayling.corpus.mixture;

import java.util.Comparator;
import org.bayling.corpus.sample.Group;

/**
 * The smallest part of a mixture that is counted by itself.
 *
 * @param language BCP 47; the side that is not the pivot
 * @param task {@code instruction}, {@code translation}, ...
 * @param direction {@code fr-zh}; one language alone where given and answer are in the same
 */
public record Cell(Group group, String language, String task, String direction) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER = Comparator.comparing(Cell::group)
            .thenComparing(Cell::language)
            .thenComparing(Cell::task)
            .thenComparing(Cell::direction);

    /**
     * What kind of direction it is, the name in {@code directions} of a recipe: {@code en-L}, {@code L-zh},
     * {@code en-zh}, {@code L-L}; {@code L} alone where there is one language.
     */
    public String kind() {
        if (direction.equals(language)) {
            return "L";
        }
        String from = direction.startsWith(language + "-") ? language : other();
        String to = from.equals(language) ? other() : language;
        return kind(from) + "-" + kind(to);
    }

    private String other() {
        return direction.startsWith(language + "-")
                ? direction.substring(language.length() + 1)
                : direction.substring(0, Math.max(0, direction.length() - language.length() - 1));
    }

    private static String kind(String tag) {
        return tag.equals("en") || tag.equals("zh") ? tag : "L";
    }

    @Override
    public int compareTo(Cell other) {
        return ORDER.compare(this, other);
    }
}
