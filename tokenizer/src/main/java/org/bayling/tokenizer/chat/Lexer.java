package org.bayling.tokenizer.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a template into tokens as Jinja2 does with {@code trim_blocks} and {@code lstrip_blocks} on: a newline behind a
 * block tag is dropped, white space before a block tag at the start of a line is dropped, {@code -} drops all white
 * space on its side, {@code +} keeps it.
 */
final class Lexer {
    private static final String[] OPERATORS = {
        "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=",
        ".", ":", "|", ",", ";"
    };

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineCountedTo;
    private boolean lineStarting = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        String text = source.replace("\r\n", "\n").replace('\r', '\n');
        // One newline at the end of a template is not part of it.
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            int open = nextOpening(at);
            if (open < 0) {
                add(Token.Kind.DATA, source.substring(at), at);
                at = source.length();
                break;
            }
            char kind = source.charAt(open + 1);
            char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
            text(at, open, kind, sign);
            at = open + 2 + (sign == '-' || sign == '+' ? 1 : 0);
            if (kind == '#') {
                comment(open);
            } else if (kind == '{') {
                add(Token.Kind.VARIABLE_BEGIN, "{{", open);
                inside("}}", Token.Kind.VARIABLE_END);
            } else if (!raw()) {
                add(Token.Kind.BLOCK_BEGIN, "{%", open);
                inside("%}", Token.Kind.BLOCK_END);
            }
        }
        add(Token.Kind.END, "", source.length());
    }

    private int nextOpening(int from) {
        for (int i = source.indexOf('{', from); i >= 0; i = source.indexOf('{', i + 1)) {
            if (i + 1 < source.length() && "%{#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Adds the text between tags, less the white space that the following tag takes away. */
    private void text(int from, int to, char kind, char sign) {
        int end = to;
        if (sign == '-') {
            end = Whitespace.skipBack(source, from, to);
        } else if (sign != '+' && kind != '{') {
            int lineStart = Math.max(from, source.lastIndexOf('\n', to - 1) + 1);
            boolean startsLine = lineStart > from || lineStarting;
            if (startsLine && Whitespace.skip(source, lineStart) >= to) {
                end = lineStart;
            }
        }
        if (end > from) {
            add(Token.Kind.DATA, source.substring(from, end), from);
        }
    }

    private void comment(int open) {
        int close = source.indexOf("#}", at);
        if (close < 0) {
            throw new TemplateException("Missing end of comment tag", lineOf(open));
        }
        char sign = close > at ? source.charAt(close - 1) : ' ';
        at = close + 2;
        afterTag(sign, true);
    }

    /** Reads a raw block, if the tag just opened is one. */
    private boolean raw() {
        int word = Whitespace.skip(source, at);
        if (!source.startsWith("raw", word)) {
            return false;
        }
        int close = Whitespace.skip(source, word + 3);
        boolean minus = source.startsWith("-%}", close);
        if (!minus && !source.startsWith("%}", close)) {
            return false;
        }
        int start = minus ? Whitespace.skip(source, close + 3) : close + 2;
        for (int open = source.indexOf("{%", start); open >= 0; open = source.indexOf("{%", open + 1)) {
            int sign = open + 2;
            boolean strip = source.startsWith("-", sign);
            int name = Whitespace.skip(source, strip || source.startsWith("+", sign) ? sign + 1 : sign);
            if (!source.startsWith("endraw", name)) {
                continue;
            }
            int end = Whitespace.skip(source, name + 6);
            char last = end < source.length() ? source.charAt(end) : ' ';
            int tail = last == '-' || last == '+' ? end + 1 : end;
            if (source.startsWith("%}", tail)) {
                text(start, open, '%', source.charAt(sign));
                at = tail + 2;
                afterTag(last, true);
                return true;
            }
        }
        throw new TemplateException("Missing end of raw directive", lineOf(at));
    }

    private void afterTag(char sign, boolean block) {
        int end = at;
        if (sign == '-') {
            at = Whitespace.skip(source, at);
        } else if (sign != '+' && block && source.startsWith("\n", at)) {
            at++;
        }
        lineStarting = at > end && source.charAt(at - 1) == '\n';
    }

    /** The tokens of a statement or expression up to its end. */
    private void inside(String end, Token.Kind endKind) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            at = Whitespace.skip(source, at);
            if (at >= source.length()) {
                String wanted = endKind == Token.Kind.BLOCK_END ? "end of statement block" : "end of print statement";
                throw new TemplateException(
                        "unexpected end of template, expected '" + wanted + "'.", lineOf(source.length()));
            }
            if (open.isEmpty() && closes(end, endKind)) {
                return;
            }
            char c = source.charAt(at);
            if (c == '"' || c == '\'') {
                string(c);
            } else if (c >= '0' && c <= '9') {
                number();
            } else if (Character.isUnicodeIdentifierStart(source.codePointAt(at)) || c == '_') {
                name();
            } else {
                operator(open);
            }
        }
    }

    private boolean closes(String end, Token.Kind endKind) {
        char sign = source.charAt(at);
        boolean signed = sign == '-' || sign == '+' && endKind == Token.Kind.BLOCK_END;
        int place = signed ? at + 1 : at;
        if (!source.startsWith(end, place)) {
            return false;
        }
        add(endKind, end, at);
        at = place + 2;
        afterTag(signed ? sign : ' ', endKind == Token.Kind.BLOCK_END);
        return true;
    }

    private void operator(Deque<Character> open) {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                char c = operator.charAt(0);
                if (c == '(' || c == '[' || c == '{') {
                    open.push(c == '(' ? ')' : c == '[' ? ']' : '}');
                } else if (c == ')' || c == ']' || c == '}') {
                    if (open.isEmpty() || open.pop() != c) {
                        throw new TemplateException("unexpected '" + c + "'", lineOf(at));
                    }
                }
                add(Token.Kind.OPERATOR, operator, at);
                at += operator.length();
                return;
            }
        }
        throw new TemplateException(
                "unexpected char '" + Character.toString(source.codePointAt(at)) + "'", lineOf(at));
    }

    private void name() {
        int start = at;
        while (at < source.length()) {
            int codePoint = source.codePointAt(at);
            if (!Character.isUnicodeIdentifierPart(codePoint) || Character.isIdentifierIgnorable(codePoint)) {
                break;
            }
            at += Character.charCount(codePoint);
        }
        add(Token.Kind.NAME, source.substring(start, at), start);
    }

    private void number() {
        int start = at;
        if (source.startsWith("0x", at) || source.startsWith("0X", at)) {
            at += 2;
            while (at < source.length() && Character.digit(source.charAt(at), 16) >= 0) {
                at++;
            }
            String digits = source.substring(start + 2, at);
            if (digits.isEmpty() || digits.length() > 15) {
                throw new TemplateException("the number 0x" + digits + " cannot be read", lineOf(start));
            }
            add(Token.Kind.INTEGER, Long.toString(Long.parseLong(digits, 16)), start);
            return;
        }
        digits();
        boolean real = false;
        if (at + 1 < source.length() && source.charAt(at) == '.' && isDigit(source.charAt(at + 1))) {
            real = true;
            at++;
            digits();
        }
        if (at < source.length() && (source.charAt(at) == 'e' || source.charAt(at) == 'E')) {
            int power = at + 1;
            if (power < source.length() && (source.charAt(power) == '+' || source.charAt(power) == '-')) {
                power++;
            }
            if (power < source.length() && isDigit(source.charAt(power))) {
                real = true;
                at = power;
                digits();
            }
        }
        String text = source.substring(start, at).replace("_", "");
        add(real ? Token.Kind.FLOAT : Token.Kind.INTEGER, text, start);
    }

    private void digits() {
        while (at < source.length() && (isDigit(source.charAt(at)) || source.charAt(at) == '_')) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void string(char quote) {
        int start = at++;
        StringBuilder out = new StringBuilder();
        while (true) {
            if (at >= source.length()) {
                throw new TemplateException("unexpected char '" + quote + "': the string is not closed", lineOf(start));
            }
            char c = source.charAt(at++);
            if (c == quote) {
                add(Token.Kind.STRING, out.toString(), start);
                return;
            }
            if (c == '\\' && at < source.length()) {
                escape(out);
            } else {
                out.append(c);
            }
        }
    }

    private void escape(StringBuilder out) {
        char c = source.charAt(at++);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'v' -> out.append('\u000b');
            case '\\', '\'', '"' -> out.append(c);
            case '\n' -> { }
            case 'x' -> hex(out, 2);
            case 'u' -> hex(out, 4);
            case 'U' -> hex(out, 8);
            default -> {
                if (c >= '0' && c <= '7') {
                    octal(out, c);
                } else {
                    out.append('\\').append(c);
                }
            }
        }
    }

    private void hex(StringBuilder out, int digits) {
        int end = at + digits;
        int value = 0;
        for (; at < end; at++) {
            int digit = at < source.length() ? Character.digit(source.charAt(at), 16) : -1;
            if (digit < 0) {
                throw new TemplateException("a string has an escape that lacks hexadecimal digits", lineOf(at));
            }
            value = value * 16 + digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw new TemplateException("a string has an escape beyond Unicode", lineOf(at));
        }
        out.appendCodePoint(value);
    }

    private void octal(StringBuilder out, char first) {
        int value = first - '0';
        for (int i = 0; i < 2 && at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '7'; i++) {
            value = value * 8 + source.charAt(at++) - '0';
        }
        out.append((char) value);
    }

    private void add(Token.Kind kind, String text, int position) {
        tokens.add(new Token(kind, text, lineOf(position)));
    }

    private int lineOf(int position) {
        for (; lineCountedTo < position && lineCountedTo < source.length(); lineCountedTo++) {
            if (source.charAt(lineCountedTo) == '\n') {
                line++;
            }
        }
        return line;
    }
}
