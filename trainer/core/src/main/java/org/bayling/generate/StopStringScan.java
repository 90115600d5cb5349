package org.bayling.generate;

import java.util.List;

/** Finds the first stop string in a growing text; holds back what may become one. */
final class StopStringScan {
    private final List<String> stopStrings;
    private String held = "";
    private boolean found;

    StopStringScan(List<String> stopStrings) {
        this.stopStrings = stopStrings;
    }

    /** Takes more text; returns what is certainly before any stop string. */
    String push(String text) {
        String open = held + text;
        int stop = stopStrings.stream()
                .mapToInt(open::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        found |= stop >= 0;
        int safe = found ? Math.max(stop, 0) : open.length() - openEnd(open);
        held = open.substring(safe);
        return open.substring(0, safe);
    }

    /** Whether a stop string was reached. */
    boolean found() {
        return found;
    }

    /** Ends the text: what was held back, unless it is a stop string. */
    String finish() {
        String rest = found ? "" : held;
        held = "";
        return rest;
    }

    /** Length of the longest end of the text that a stop string starts with. */
    private int openEnd(String text) {
        int longest = 0;
        for (String stop : stopStrings) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
                if (text.endsWith(stop.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
