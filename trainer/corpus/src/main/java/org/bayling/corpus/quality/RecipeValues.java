package org.bayling.corpus.quality;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bayling.config.NearestNames;

/** Values of a recipe by key, each asked for once; what nobody asked for is unknown. */
final class RecipeValues {
    private final Map<String, ?> values;
    private final Set<String> known = new TreeSet<>();

    RecipeValues(Map<String, ?> values) {
        this.values = values;
    }

    int integer(String key, int otherwise, int least, int most) {
        double value = number(key, otherwise, least, most);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(key + ": " + values.get(key) + " is no whole number");
        }
        return (int) value;
    }

    double number(String key, double otherwise, double least, double most) {
        known.add(key);
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Number number)) {
            throw new IllegalArgumentException(key + ": expected a number, found \"" + value + "\"");
        }
        double found = number.doubleValue();
        if (!(found >= least && found <= most)) {
            throw new IllegalArgumentException(
                    key + ": " + value + " is not between " + plain(least) + " and " + plain(most));
        }
        return found;
    }

    Set<String> names(String key, Set<String> otherwise, Set<String> allowed) {
        known.add(key);
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Collection<?> names)) {
            throw new IllegalArgumentException(key + ": expected a list of names, found \"" + value + "\"");
        }
        Set<String> found = new TreeSet<>();
        for (Object name : names) {
            if (!allowed.contains(String.valueOf(name))) {
                throw new IllegalArgumentException(key + ": \"" + name + "\" is none of " + new TreeSet<>(allowed));
            }
            found.add(String.valueOf(name));
        }
        return found;
    }

    void refuseUnknown() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key)) {
                List<String> near = NearestNames.of(key, known);
                throw new IllegalArgumentException("unknown key \"" + key + "\" in the quality section"
                        + (near.isEmpty()
                                ? "; known are " + known
                                : "; did you mean " + String.join(", ", near) + "?"));
            }
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
