package org.bayling.tokenizer.chat;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.bayling.tokenizer.ControlTokens;
import org.bayling.tokenizer.TextPosition;
import org.bayling.tokenizer.Tokenizer;

/**
 * Encodes a rendered text: control tokens where the template wrote them, all else as ordinary text. The ids are those
 * of Hugging Face for the whole text, except that no token crosses a cut.
 */
final class SegmentEncoder {
    /** Ids, and for each the characters of the piece that it belongs to: a control token or text between cuts. */
    record Encoded(int[] ids, int[] starts, int[] ends) {}

    private final Tokenizer tokenizer;
    private final Text text;
    private final NavigableSet<Integer> cuts;
    private int[] ids = new int[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int size;

    private SegmentEncoder(Tokenizer tokenizer, Text text, NavigableSet<Integer> cuts) {
        this.tokenizer = tokenizer;
        this.text = text;
        this.cuts = cuts;
    }

    static Encoded encode(Tokenizer tokenizer, Text text, NavigableSet<Integer> cuts) {
        return new SegmentEncoder(tokenizer, text, new TreeSet<>(cuts)).run();
    }

    private Encoded run() {
        String string = text.string();
        int done = 0;
        boolean afterControl = false;
        for (int part = 0; part < text.parts(); part++) {
            if (text.source(part) != Text.TEMPLATE) {
                continue;
            }
            int from = Math.max(done, text.start(part));
            while (from < text.end(part)) {
                Optional<ControlTokens.Match> next = next(string, from, text.end(part), done);
                if (next.isEmpty()) {
                    break;
                }
                ControlTokens.Match match = next.get();
                ordinary(done, match.start(), afterControl);
                add(new int[] {match.token().id()}, match.start(), match.end());
                done = match.end();
                from = done;
                afterControl = true;
            }
        }
        ordinary(done, string.length(), afterControl);
        return new Encoded(Arrays.copyOf(ids, size), Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
    }

    private Optional<ControlTokens.Match> next(String string, int from, int to, int done) {
        Optional<ControlTokens.Match> plain = tokenizer.controls().next(string, from, to);
        if (plain.isEmpty()) {
            return plain;
        }
        // White space around such a token belongs to it, but not what lies beyond a cut.
        Integer before = cuts.floor(plain.get().start());
        Integer after = cuts.ceiling(plain.get().end());
        int least = Math.max(done, before == null ? 0 : before);
        return tokenizer.controls().next(string, from, to, least, after == null ? string.length() : after);
    }

    /** Text between two control tokens, cut where it must be. */
    private void ordinary(int from, int to, boolean afterControl) {
        int start = from;
        while (start < to) {
            Integer cut = cuts.higher(start);
            int end = cut == null ? to : Math.min(to, cut);
            TextPosition position = start > from
                    ? TextPosition.CONTINUATION
                    : afterControl ? TextPosition.AFTER_CONTROL : TextPosition.START;
            add(tokenizer.encodeOrdinary(text.string().substring(start, end), position), start, end);
            start = end;
        }
    }

    private void add(int[] more, int start, int end) {
        if (size + more.length > ids.length) {
            int capacity = Math.max(ids.length * 2, size + more.length);
            ids = Arrays.copyOf(ids, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        System.arraycopy(more, 0, ids, size, more.length);
        Arrays.fill(starts, size, size + more.length, start);
        Arrays.fill(ends, size, size + more.length, end);
        size += more.length;
    }
}
