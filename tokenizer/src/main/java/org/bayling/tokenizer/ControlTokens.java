package org.bayling.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The control tokens of a tokenizer, and where they stand in a text: leftmost first, the longest at a place. */
public final class ControlTokens {
    /** One control token in a text; {@code start} and {@code end} include white space that the token takes along. */
    public record Match(AddedToken token, int start, int end) {}

    private final List<AddedToken> tokens;
    private final Map<Character, List<AddedToken>> byFirst = new HashMap<>();

    ControlTokens(List<AddedToken> tokens) {
        this.tokens = List.copyOf(tokens);
        for (AddedToken token : tokens) {
            if (!token.content().isEmpty()) {
                byFirst.computeIfAbsent(token.content().charAt(0), c -> new ArrayList<>()).add(token);
            }
        }
        Comparator<AddedToken> longestFirst = Comparator.comparingInt((AddedToken t) -> t.content().length())
                .reversed();
        byFirst.values().forEach(list -> list.sort(longestFirst));
    }

    /** All control tokens in the order of the file. */
    public List<AddedToken> tokens() {
        return tokens;
    }

    /** The first control token that lies wholly in {@code text[from, to)}. */
    public Optional<Match> next(String text, int from, int to) {
        return next(text, from, to, from, to);
    }

    /**
     * The first control token whose string lies wholly in {@code text[from, to)}; white space that it takes along may
     * reach out to {@code least} and {@code most}.
     */
    public Optional<Match> next(String text, int from, int to, int least, int most) {
        for (int at = from; at < to; at++) {
            List<AddedToken> candidates = byFirst.get(text.charAt(at));
            if (candidates == null) {
                continue;
            }
            for (AddedToken token : candidates) {
                int end = at + token.content().length();
                if (end <= to && text.startsWith(token.content(), at) && standsAlone(token, text, at, end)) {
                    return Optional.of(withWhiteSpace(token, text, least, at, end, most));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean standsAlone(AddedToken token, String text, int start, int end) {
        return !token.singleWord()
                || !(start > 0 && isWord(text.codePointBefore(start)))
                        && !(end < text.length() && isWord(text.codePointAt(end)));
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private static Match withWhiteSpace(AddedToken token, String text, int least, int start, int end, int most) {
        int first = start;
        int last = end;
        while (token.lstrip() && first > least && isWhiteSpace(text.charAt(first - 1))) {
            first--;
        }
        while (token.rstrip() && last < most && isWhiteSpace(text.charAt(last))) {
            last++;
        }
        return new Match(token, first, last);
    }

    private static boolean isWhiteSpace(char c) {
        return c == '\u0085' || c == '\u00a0' || c == '\u2007' || c == '\u202f'
                || Character.isWhitespace(c) && !(c >= '\u001c' && c <= '\u001f');
    }
}
