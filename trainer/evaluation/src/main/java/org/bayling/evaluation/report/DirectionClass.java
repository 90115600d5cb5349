package org.bayling.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/** Directions of translation by their side that is English or Chinese. */
enum DirectionClass {
    X_EN("x → en"),
    EN_X("en → x"),
    X_ZH("x → zh"),
    ZH_X("zh → x"),
    OTHER("others"),
    NONE("");

    private final String label;

    DirectionClass(String label) {
        this.label = label;
    }

    /** For people; empty for what is no translation. */
    String label() {
        return label;
    }

    /** Whether the language that tells the directions of the class apart is what is translated from. */
    boolean fromX() {
        return this == X_EN || this == X_ZH;
    }

    /** The classes of a score; English to Chinese is in two. */
    static List<DirectionClass> of(ScoreRow row) {
        if (row.source().isEmpty()) {
            return List.of(NONE);
        }
        String from = row.source().get().tag();
        String to = row.language().map(LanguageTraits::tag).orElse("");
        List<DirectionClass> classes = new ArrayList<>();
        add(classes, to.equals("en"), X_EN);
        add(classes, from.equals("en"), EN_X);
        add(classes, to.equals("zh"), X_ZH);
        add(classes, from.equals("zh"), ZH_X);
        return classes.isEmpty() ? List.of(OTHER) : classes;
    }

    private static void add(List<DirectionClass> classes, boolean one, DirectionClass of) {
        if (one) {
            classes.add(of);
        }
    }

    /** The side that is x. */
    LanguageTraits x(ScoreRow row) {
        return fromX() ? row.source().orElseThrow() : row.language().orElseThrow();
    }
}
