package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.tokenizer.ControlTokens;

/**
 * Finds where each message's turn stands in a rendered conversation. What a message printed is known from the sources
 * of the text; an answer starts where a generation prompt ends, because that is what a model is given to continue.
 */
final class TurnFinder {
    /**
     * One turn, in characters of the rendered text.
     *
     * @param message   index of the message
     * @param start     where the turn's own text starts
     * @param stopStart where its stop token starts; equal to end when there is none
     * @param end       behind the stop token
     */
    record Found(int message, int start, int stopStart, int end) {
        boolean hasStop() {
            return stopStart < end;
        }
    }

    /** Renders the conversation's first messages, with or without a generation prompt. */
    interface Prefix {
        RenderedText render(int messages, boolean addGenerationPrompt);
    }

    private final RenderedText full;
    private final Chat chat;
    private final ControlTokens controls;
    private final Optional<String> eosToken;
    private final Prefix prefix;

    TurnFinder(RenderedText full, Chat chat, ControlTokens controls, Optional<String> eosToken, Prefix prefix) {
        this.full = full;
        this.chat = chat;
        this.controls = controls;
        this.eosToken = eosToken;
        this.prefix = prefix;
    }

    /** The turn of one message, or nothing when the template prints nothing of it. */
    Optional<Found> turn(int message) {
        RenderedText.Range printed = printed(message);
        int start = start(message, printed);
        if (start < 0) {
            return Optional.empty();
        }
        int contentEnd = printed == null ? start : printed.end();
        int bound = bound(message, contentEnd, printed == null);
        return bound < 0 ? Optional.empty() : Optional.of(withStop(message, start, contentEnd, bound));
    }

    /** The turns that the template itself marks with generation blocks. */
    List<Found> generations() {
        List<Found> turns = new ArrayList<>();
        for (RenderedText.Range range : full.generations()) {
            int message = messageIn(range);
            if (message >= 0 && range.start() < range.end()) {
                RenderedText.Range printed = printed(message);
                Found found = withStop(message, range.start(), Math.min(printed.end(), range.end()), range.end());
                boolean whole = found.hasStop() && found.end() == range.end();
                turns.add(whole ? found : new Found(message, range.start(), range.end(), range.end()));
            }
        }
        return turns;
    }

    private int messageIn(RenderedText.Range range) {
        Text text = full.text();
        for (int i = 0; i < text.parts(); i++) {
            boolean overlaps = text.start(i) < range.end() && text.end(i) > range.start();
            if (overlaps && text.source(i) >= 0) {
                return text.source(i);
            }
        }
        return -1;
    }

    private RenderedText.Range printed(int message) {
        Text text = full.text();
        int start = -1;
        int end = -1;
        for (int i = 0; i < text.parts(); i++) {
            if (text.source(i) == message) {
                start = start < 0 ? text.start(i) : start;
                end = text.end(i);
            }
        }
        return start < 0 ? null : new RenderedText.Range(start, end);
    }

    private int start(int message, RenderedText.Range printed) {
        boolean answer = chat.messages().get(message).role().equals("assistant");
        if (answer) {
            int end = commonPrefix(message, true);
            if (end >= 0 && (printed == null || end <= printed.start())) {
                return end;
            }
        }
        return printed == null ? -1 : printed.start();
    }

    /** Where the turn is over at the latest: its stop token must come before. */
    private int bound(int message, int contentEnd, boolean nothingPrinted) {
        int end = commonPrefix(message + 1, false);
        if (end >= contentEnd) {
            return end;
        }
        if (nothingPrinted) {
            return -1;
        }
        Text text = full.text();
        for (int i = 0; i < text.parts(); i++) {
            if (text.source(i) > message && text.start(i) >= contentEnd) {
                return text.start(i);
            }
        }
        return text.length();
    }

    /** Length of a shorter conversation's rendering if the full one starts with it, else -1. */
    private int commonPrefix(int messages, boolean addGenerationPrompt) {
        try {
            String start = prefix.render(messages, addGenerationPrompt).string();
            return full.string().startsWith(start) ? start.length() : -1;
        } catch (TemplateException e) {
            // Some templates refuse a conversation that stops here, or that is empty.
            return -1;
        }
    }

    private Found withStop(int message, int start, int contentEnd, int bound) {
        Text text = full.text();
        for (int i = 0; i < text.parts(); i++) {
            int from = Math.max(contentEnd, text.start(i));
            int to = Math.min(bound, text.end(i));
            if (text.source(i) != Text.TEMPLATE || from >= to) {
                continue;
            }
            Optional<ControlTokens.Match> match = controls.next(text.string(), from, to);
            int eos = eosToken.map(token -> text.string().indexOf(token, from)).orElse(-1);
            boolean eosFirst = eos >= 0
                    && eos + eosToken.orElseThrow().length() <= to
                    && (match.isEmpty() || eos < match.get().start());
            if (eosFirst) {
                return new Found(message, start, eos, eos + eosToken.orElseThrow().length());
            } else if (match.isPresent()) {
                return new Found(message, start, match.get().start(), match.get().end());
            }
        }
        return new Found(message, start, contentEnd, contentEnd);
    }
}
