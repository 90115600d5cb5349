package org.bayling.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong and what is worth saying while a configuration is read. Mutable, of one load. */
final class Findings {
    private final String file;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> notices = new LinkedHashSet<>();

    Findings(String file) {
        this.file = file;
    }

    void problem(Origin origin, String key, String message) {
        problem(origin, key, message, "");
    }

    /** A problem of a default is a problem of the file, which should have said something. */
    void problem(Origin origin, String key, String message, String hint) {
        String source = origin.equals(Origin.DEFAULT) ? file : origin.source();
        problems.add(new ConfigProblem(source, origin.line(), origin.column(), key, message, hint));
    }

    void notice(String text) {
        notices.add(text);
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    /** Those with a line first, from top to bottom; the others after them as they were found. */
    void throwIfAny() throws ConfigException {
        if (problems.isEmpty()) {
            return;
        }
        Comparator<ConfigProblem> order = Comparator.<ConfigProblem>comparingInt(p -> p.line() == 0 ? 1 : 0)
                .thenComparingInt(ConfigProblem::line)
                .thenComparingInt(ConfigProblem::column);
        throw new ConfigException(problems.stream().sorted(order).toList());
    }
}
