package org.bayling.corpus.build;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;

/** Which scripts the letters of each language are in; the beginning of each text is looked at. */
final class ScriptCounts implements Serializable {
    private static final int LOOKED_AT = 64;

    private final Map<String, Map<Character.UnicodeScript, long[]>> counts = new HashMap<>();

    void add(SourceItem item) {
        if (item instanceof SourceItem.Parallel parallel) {
            parallel.texts().forEach(this::add);
        } else if (item instanceof SourceItem.Instruction instruction) {
            for (Turn turn : instruction.messages()) {
                add(instruction.language(), turn.content());
            }
        } else if (item instanceof SourceItem.Choice choice) {
            add(choice.language(), choice.context());
        }
    }

    private void add(String language, String text) {
        Map<Character.UnicodeScript, long[]> scripts = counts.computeIfAbsent(language, tag -> new HashMap<>());
        for (int i = 0, seen = 0; i < text.length() && seen < LOOKED_AT; seen++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetter(c)) {
                scripts.computeIfAbsent(Character.UnicodeScript.of(c), script -> new long[1])[0]++;
            }
        }
    }

    void plus(ScriptCounts other) {
        other.counts.forEach((language, scripts) -> {
            Map<Character.UnicodeScript, long[]> mine = counts.computeIfAbsent(language, tag -> new HashMap<>());
            scripts.forEach((script, count) -> mine.computeIfAbsent(script, s -> new long[1])[0] += count[0]);
        });
    }

    SortedMap<String, SortedMap<String, Long>> sorted() {
        SortedMap<String, SortedMap<String, Long>> sorted = new TreeMap<>();
        counts.forEach((language, scripts) -> {
            SortedMap<String, Long> found = new TreeMap<>();
            scripts.forEach((script, count) -> found.put(script.name().toLowerCase(Locale.ROOT), count[0]));
            sorted.put(language, found);
        });
        return sorted;
    }
}
