package org.bayling.corpus.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.bayling.corpus.Pivot;
import org.bayling.corpus.source.SourceItem;
import org.bayling.numeric.Rng;

/** Which way a task can go between the languages of an item. */
final class Directions {
    private static final String ENGLISH = Pivot.ENGLISH.tag();
    private static final String CHINESE = Pivot.CHINESE.tag();

    private Directions() {}

    /** Between each language and each pivot, both ways, asked in that pivot; between the pivots asked in either. */
    static List<Assignment> withPivot(String task, Collection<String> tags) {
        List<Assignment> all = new ArrayList<>();
        for (String tag : tags) {
            for (Pivot pivot : Pivot.values()) {
                if (!tag.equals(pivot.tag()) && tags.contains(pivot.tag())) {
                    all.add(new Assignment(task, tag, pivot.tag(), pivot));
                    all.add(new Assignment(task, pivot.tag(), tag, pivot));
                }
            }
        }
        return all;
    }

    /** From each language into the frame's, which the item need not have. */
    static List<Assignment> intoPivot(String task, Collection<String> tags) {
        List<Assignment> all = new ArrayList<>();
        for (String tag : tags) {
            for (Pivot pivot : Pivot.values()) {
                if (!tag.equals(pivot.tag())) {
                    all.add(new Assignment(task, tag, pivot.tag(), pivot));
                }
            }
        }
        return all;
    }

    /** Asked in one pivot, between each language and the other pivot, both ways. */
    static List<Assignment> threeLanguages(String task, Collection<String> tags) {
        List<Assignment> all = new ArrayList<>();
        for (String tag : tags) {
            if (tag.equals(ENGLISH) || tag.equals(CHINESE)) {
                continue;
            }
            for (Pivot pivot : Pivot.values()) {
                String other = pivot == Pivot.ENGLISH ? CHINESE : ENGLISH;
                if (tags.contains(other)) {
                    all.add(new Assignment(task, tag, other, pivot));
                    all.add(new Assignment(task, other, tag, pivot));
                }
            }
        }
        return all;
    }

    /** From each language into one other that is no pivot either, a different one for each item, through each pivot. */
    static List<Assignment> throughPivot(String task, SourceItem.Parallel item) {
        SortedMap<String, String> texts = item.texts();
        List<String> tags = texts.keySet().stream()
                .filter(tag -> !tag.equals(ENGLISH) && !tag.equals(CHINESE))
                .toList();
        List<Assignment> all = new ArrayList<>();
        if (tags.size() < 2) {
            return all;
        }
        for (Pivot pivot : Pivot.values()) {
            if (!texts.containsKey(pivot.tag())) {
                continue;
            }
            int step = 1 + (int) Rng.below(tags.size() - 1, item.key().hashCode(), pivot.ordinal());
            for (int i = 0; i < tags.size(); i++) {
                all.add(new Assignment(task, tags.get(i), tags.get((i + step) % tags.size()), pivot));
            }
        }
        return all;
    }
}
