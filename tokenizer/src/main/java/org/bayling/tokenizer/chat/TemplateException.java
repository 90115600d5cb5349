package org.bayling.tokenizer.chat;

/** A chat template that cannot be read or rendered; also what a template's own {@code raise_exception} says. */
public final class TemplateException extends RuntimeException {
    private final String problem;
    private final int line;

    TemplateException(String problem, int line) {
        super(line > 0 ? problem + " (line " + line + " of the chat template)" : problem);
        this.problem = problem;
        this.line = line;
    }

    /** Raised by the template itself: the message is the template's, nothing is added. */
    static TemplateException raised(String message, int line) {
        return new TemplateException(message, message, line);
    }

    private TemplateException(String message, String problem, int line) {
        super(message);
        this.problem = problem;
        this.line = line;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** Line of the template, counted from 1; 0 when no line is to blame. */
    public int line() {
        return line;
    }
}
