package org.bayling.tokenizer.chat;

import java.util.List;

/** The tokens of a template, read one after another, with a count of how deep the parser is nested. */
final class TokenStream {
    private static final int MAX_DEPTH = 150;

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token ahead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean skipName(String name) {
        boolean found = current().isName(name);
        if (found) {
            next();
        }
        return found;
    }

    boolean skipOperator(String operator) {
        boolean found = current().isOperator(operator);
        if (found) {
            next();
        }
        return found;
    }

    Token expectOperator(String operator) {
        if (!current().isOperator(operator)) {
            throw error("expected token '" + operator + "', got " + current().shown());
        }
        return next();
    }

    Token expect(Token.Kind kind, String what) {
        if (current().kind() != kind) {
            throw error("expected token '" + what + "', got " + current().shown());
        }
        return next();
    }

    TemplateException error(String problem) {
        return new TemplateException(problem, current().line());
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw error("the template is nested deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }
}
