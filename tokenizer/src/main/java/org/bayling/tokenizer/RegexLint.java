package org.bayling.tokenizer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds in a regular expression what lets a backtracking matcher take exponential time: a repeated group that itself
 * holds a repetition of open length or a choice, and back-references. The patterns of real tokenizers have neither.
 */
final class RegexLint {
    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_REPEAT = 1000;
    private static final int MAX_DEPTH = 100;

    /** What has been seen inside of a group that is still open. */
    private static final class Group {
        boolean variable;
        boolean choice;
    }

    private final String regex;
    private int at;

    private RegexLint(String regex) {
        this.regex = regex;
    }

    /** What is dangerous in the expression, if anything. */
    static Optional<String> problem(String regex) {
        if (regex.length() > MAX_LENGTH) {
            return Optional.of("it is longer than " + MAX_LENGTH + " characters");
        }
        return Optional.ofNullable(new RegexLint(regex).scan());
    }

    private String scan() {
        Deque<Group> open = new ArrayDeque<>();
        open.push(new Group());
        while (at < regex.length()) {
            char c = regex.charAt(at);
            Group closed = null;
            boolean atom = true;
            if (c == '\\') {
                String problem = escape();
                if (problem != null) {
                    return problem;
                }
            } else if (c == '[') {
                skipClass();
            } else if (c == '(') {
                open.push(new Group());
                if (open.size() > MAX_DEPTH) {
                    return "groups are nested deeper than " + MAX_DEPTH;
                }
                skipGroupHead();
                atom = false;
            } else if (c == ')') {
                if (open.size() == 1) {
                    return "a group is closed that was not opened";
                }
                closed = open.pop();
                at++;
            } else if (c == '|') {
                open.peek().choice = true;
                at++;
                atom = false;
            } else {
                at++;
            }
            String problem = atom ? repetition(open.peek(), closed) : null;
            if (problem != null) {
                return problem;
            }
            if (closed != null) {
                open.peek().variable |= closed.variable;
                open.peek().choice |= closed.choice;
            }
        }
        return open.size() == 1 ? null : "a group is not closed";
    }

    private String escape() {
        char next = at + 1 < regex.length() ? regex.charAt(at + 1) : ' ';
        if (next >= '1' && next <= '9' || next == 'k' || next == 'g') {
            return "back-reference at " + at;
        }
        at += 2;
        if ((next == 'p' || next == 'P' || next == 'x' || next == 'u') && at < regex.length()
                && regex.charAt(at) == '{') {
            int end = regex.indexOf('}', at);
            at = end < 0 ? regex.length() : end + 1;
        }
        return null;
    }

    private void skipClass() {
        int depth = 0;
        int start = at;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && at > start + 1 && --depth == 0) {
                at++;
                return;
            }
            at++;
        }
    }

    private void skipGroupHead() {
        at++;
        if (at < regex.length() && regex.charAt(at) == '?') {
            at++;
            while (at < regex.length() && "<>=!:imsxa-#~".indexOf(regex.charAt(at)) >= 0) {
                char c = regex.charAt(at++);
                if (c == ':' || c == '=' || c == '!' || c == '>') {
                    return;
                }
            }
        }
    }

    /** Reads the quantifiers behind an atom or group. */
    private String repetition(Group around, Group repeated) {
        boolean several = false;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            int most;
            boolean variable;
            int end = at + 1;
            if (c == '*' || c == '+') {
                most = Integer.MAX_VALUE;
                variable = true;
            } else if (c == '?') {
                // Behind another quantifier a question mark only makes that one lazy.
                most = 1;
                variable = !several;
            } else if (c == '{' && bounds() != null) {
                int[] bounds = bounds();
                most = bounds[1];
                variable = bounds[0] != bounds[1];
                end = bounds[2];
                if (most != Integer.MAX_VALUE && most > MAX_REPEAT || bounds[0] > MAX_REPEAT) {
                    return "repetition of more than " + MAX_REPEAT + " at " + at;
                }
            } else {
                return null;
            }
            if (repeated != null && most > 1 && (repeated.variable || repeated.choice)) {
                return "a repeated group holds a repetition or a choice, at " + at;
            }
            around.variable |= variable;
            several = true;
            at = end;
        }
        return null;
    }

    /** {least, most, end} of a {@code {n,m}} at the current place, or null when it is no quantifier. */
    private int[] bounds() {
        int end = regex.indexOf('}', at);
        if (end < 0 || end == at + 1) {
            return null;
        }
        String[] parts = regex.substring(at + 1, end).split(",", -1);
        if (parts.length > 2 || !parts[0].matches("[0-9]{0,9}") || !parts[parts.length - 1].matches("[0-9]{0,9}")) {
            return null;
        }
        int least = parts[0].isEmpty() ? 0 : Integer.parseInt(parts[0]);
        String last = parts[parts.length - 1];
        int most = parts.length == 1 ? least : last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last);
        return new int[] {least, most, end + 1};
    }
}
