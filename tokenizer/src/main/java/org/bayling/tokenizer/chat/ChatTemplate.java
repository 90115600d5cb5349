package org.bayling.tokenizer.chat;

/** A parsed chat template. Immutable; safe for use from many threads. */
public final class ChatTemplate {
    private final String source;

    private ChatTemplate(String source) {
        this.source = source;
    }

    /** Parses Jinja source. */
    public static ChatTemplate parse(String source) {
        return new ChatTemplate(source);
    }

    /** The source as given. */
    public String source() {
        return source;
    }

    /** Renders a conversation. */
    public RenderedText render(ChatInput input) {
        throw new UnsupportedOperationException();
    }
}
