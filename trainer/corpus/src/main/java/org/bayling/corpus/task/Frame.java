package org.bayling.corpus.task;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One sentence or more with gaps, taken apart once and filled often. Immutable. */
final class Frame {
    private final String id;
    private final List<String> literals;
    private final List<Gap> gaps;

    private Frame(String id, List<String> literals, List<Gap> gaps) {
        this.id = id;
        this.literals = List.copyOf(literals);
        this.gaps = List.copyOf(gaps);
    }

    /**
     * Takes a frame apart.
     *
     * @throws IllegalArgumentException when it has a gap that does not exist
     */
    static Frame parse(String id, String text) {
        List<String> literals = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            literals.add(text.substring(at, open));
            gaps.add(Gap.valueOf(text.substring(open + 1, close).toUpperCase(Locale.ROOT)));
            at = close + 1;
        }
        literals.add(text.substring(at));
        return new Frame(id, literals, gaps);
    }

    /** Pool, pivot and number: {@code translation-en-7}. */
    String id() {
        return id;
    }

    Set<Gap> gaps() {
        return gaps.isEmpty() ? EnumSet.noneOf(Gap.class) : EnumSet.copyOf(gaps);
    }

    /** The frame with its gaps filled; values are taken as they are, braces in them mean nothing. */
    String fill(Map<Gap, String> values) {
        StringBuilder text = new StringBuilder(256);
        for (int i = 0; i < gaps.size(); i++) {
            String value = values.get(gaps.get(i));
            if (value == null) {
                throw new IllegalArgumentException("frame " + id + " needs " + gaps.get(i).written());
            }
            text.append(literals.get(i)).append(value);
        }
        return text.append(literals.get(gaps.size())).toString();
    }
}
