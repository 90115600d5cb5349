package org.bayling.tokenizer.chat;

import java.util.List;

/** A parsed chat template. Immutable; safe for use from many threads. */
public final class ChatTemplate {
    /** Longest accepted source, in characters; the longest known one in use has about 30,000. */
    public static final int MAX_SOURCE = 1 << 20;

    private final String source;
    private final List<Node> body;

    private ChatTemplate(String source, List<Node> body) {
        this.source = source;
        this.body = body;
    }

    /**
     * Parses Jinja source.
     *
     * @throws TemplateException when it is no template, or uses what chat templates do not use; names the line
     */
    public static ChatTemplate parse(String source) {
        if (source.length() > MAX_SOURCE) {
            throw new TemplateException("the template has " + source.length() + " characters, at most " + MAX_SOURCE
                    + " are accepted", 0);
        }
        try {
            return new ChatTemplate(source, TemplateParser.parse(source));
        } catch (StackOverflowError e) {
            throw new TemplateException("the template is nested too deeply", 0);
        }
    }

    /** The source as given. */
    public String source() {
        return source;
    }

    /**
     * Renders a conversation.
     *
     * @throws TemplateException when the template raises an error, does what its values do not allow, or takes more
     *                           steps, text or depth than any real template needs
     */
    public RenderedText render(ChatInput input) {
        Budget budget = new Budget();
        Scope scope = new Scope(null);
        Globals.define(scope, input.date(), budget);
        InputValues.define(scope, input);
        try {
            return new Interpreter(budget).run(body, new Scope(scope));
        } catch (ValueException e) {
            throw new TemplateException(e.getMessage(), 0);
        } catch (StackOverflowError e) {
            throw new TemplateException("the template is nested too deeply", 0);
        }
    }
}
