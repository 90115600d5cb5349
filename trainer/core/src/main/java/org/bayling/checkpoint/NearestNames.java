package org.bayling.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** For messages: which known names look most like the one that was asked for. */
final class NearestNames {
    private static final int SHOWN = 3;

    private NearestNames() {}

    /** Up to three names, closest first. */
    static List<String> of(String asked, Collection<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(asked, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    static TensorNotFoundException notFound(Object where, String asked, Collection<String> known) {
        return new TensorNotFoundException(where + ": there is no tensor '" + asked + "' among " + known.size()
                + "; the nearest names are " + of(asked, known));
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
