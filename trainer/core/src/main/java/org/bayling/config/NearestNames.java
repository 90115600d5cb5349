package org.bayling.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a misspelt one may have meant; for messages. */
public final class NearestNames {
    private NearestNames() {}

    /**
     * The nearest ones, at most three: equally far away, by no more than a third of the letters (but at least two
     * edits), and by less than the whole word.
     */
    public static List<String> of(String word, Collection<String> known) {
        if (word.length() > 64) {
            return List.of();
        }
        String typed = fold(word);
        int limit = Math.min(Math.max(2, typed.length() / 3), typed.length() - 1);
        int nearest = known.stream().mapToInt(name -> distance(typed, fold(name))).min().orElse(Integer.MAX_VALUE);
        return nearest > limit
                ? List.of()
                : known.stream()
                        .filter(name -> distance(typed, fold(name)) == nearest)
                        .sorted()
                        .limit(3)
                        .toList();
    }

    /**
     * The nearest ones, however far away.
     *
     * @param count how many at most, nearest first, equally near ones in their natural order
     */
    public static List<String> ranked(String word, Collection<String> known, int count) {
        return known.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two words: optimal string alignment. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
