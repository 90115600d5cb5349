package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.List;

/** What a template printed: the text, and for each part of it where it came from. */
public final class RenderedText {
    /** Characters {@code [start, end)} of the text, in UTF-16 units. */
    record Range(int start, int end) {}

    /**
     * A part of the text with one origin.
     *
     * @param text    the characters
     * @param content whether they are data; otherwise the template wrote them
     * @param message index of the message they came from; -1 for other data and for the template
     */
    public record Segment(String text, boolean content, int message) {}

    private final Text text;
    private final List<Range> generations;

    RenderedText(Text text, List<Range> generations) {
        this.text = text;
        this.generations = generations;
    }

    /** The whole text. */
    public String string() {
        return text.string();
    }

    /** The text cut by origin, in order. */
    public List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < text.parts(); i++) {
            int source = text.source(i);
            String part = text.string().substring(text.start(i), text.end(i));
            segments.add(new Segment(part, source != Text.TEMPLATE, Math.max(-1, source)));
        }
        return segments;
    }

    Text text() {
        return text;
    }

    /** What stood in generation blocks. */
    List<Range> generations() {
        return generations;
    }
}
