package org.bayling.tokenizer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bayling.tokenizer.training.BytePairVocabulary.Merge;

/** Byte-pair encoding as the paper has it, counting everything anew for every merge; for words of a, b, c between ones. */
final class NaiveBytePairs {
    private NaiveBytePairs() {}

    static List<Merge> merges(String text, int number) {
        List<List<String>> words = new ArrayList<>();
        Arrays.stream(text.split("1")).forEach(word -> words.add(new ArrayList<>(List.of(word.split("")))));
        Map<String, Integer> ids = new HashMap<>(Map.of("a", 97, "b", 98, "c", 99));
        List<Merge> merges = new ArrayList<>();
        while (merges.size() < number) {
            Map<Merge, Integer> counts = new HashMap<>();
            for (List<String> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    counts.merge(new Merge(word.get(i), word.get(i + 1)), 1, Integer::sum);
                }
            }
            if (counts.isEmpty()) {
                return merges;
            }
            Merge best = counts.keySet().stream()
                    .min(Comparator.comparing((Merge pair) -> -counts.get(pair))
                            .thenComparing(pair -> ids.get(pair.left()))
                            .thenComparing(pair -> ids.get(pair.right())))
                    .orElseThrow();
            if (!merges.contains(best)) {
                merges.add(best);
            }
            ids.putIfAbsent(best.left() + best.right(), 256 + ids.size() - 3);
            words.forEach(word -> merge(word, best));
        }
        return merges;
    }

    private static void merge(List<String> word, Merge pair) {
        for (int i = 0; i + 1 < word.size(); i++) {
            if (word.get(i).equals(pair.left()) && word.get(i + 1).equals(pair.right())) {
                word.set(i, pair.left() + pair.right());
                word.remove(i + 1);
            }
        }
    }
}
