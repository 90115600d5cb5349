package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** The methods of Python's {@code str} that templates use; texts keep their sources. */
final class StringMethods {
    private StringMethods() {}

    /** The method of that name, bound to the text; null when there is none. */
    static Callable method(Text text, String name, Budget budget) {
        return switch (name) {
            case "strip", "lstrip", "rstrip" ->
                (p, n) -> {
                    Arguments a = Arguments.bind(name, p, n, "chars");
                    Object chars = a.get("chars", None.NONE);
                    budget.text(text.length());
                    String set = chars == None.NONE ? null : a.text("chars").string();
                    return strip(text, set, !name.equals("rstrip"), !name.equals("lstrip"));
                };
            case "split", "rsplit" ->
                (p, n) -> {
                    Arguments a = Arguments.bind(name, p, n, "sep", "maxsplit");
                    Object separator = a.get("sep", None.NONE);
                    long most = a.number("maxsplit", -1);
                    budget.text(text.length());
                    List<Object> parts = separator == None.NONE
                            ? words(text, most, name.equals("rsplit"))
                            : split(text, a.text("sep").string(), most, name.equals("rsplit"));
                    budget.list(parts.size());
                    return parts;
                };
            case "splitlines" -> (p, n) -> lines(text, Arguments.bind(name, p, n, "keepends").truth("keepends", false));
            case "partition", "rpartition" ->
                (p, n) -> {
                    Text separator = Arguments.bind(name, p, n, "sep").text("sep");
                    return partition(text, separator.string(), name.equals("rpartition"));
                };
            case "startswith" -> (p, n) -> startsOrEnds(text, name, p, n, true);
            case "endswith" -> (p, n) -> startsOrEnds(text, name, p, n, false);
            case "replace" ->
                (p, n) -> {
                    Arguments a = Arguments.bind(name, p, n, "old", "new", "count");
                    return replace(text, a.text("old").string(), a.text("new"), a.number("count", -1), budget);
                };
            case "removeprefix" ->
                (p, n) -> {
                    Text prefix = Arguments.bind(name, p, n, "prefix").text("prefix");
                    return text.string().startsWith(prefix.string())
                            ? text.slice(prefix.length(), text.length())
                            : text;
                };
            case "removesuffix" ->
                (p, n) -> {
                    Text suffix = Arguments.bind(name, p, n, "suffix").text("suffix");
                    return text.string().endsWith(suffix.string())
                            ? text.slice(0, text.length() - suffix.length())
                            : text;
                };
            case "find", "rfind", "index", "rindex", "count" -> (p, n) -> search(text, name, p, n);
            case "join" ->
                (p, n) -> {
                    Object items = Arguments.bind(name, p, n, "iterable").get("iterable");
                    return join(Values.elements(items, budget), text, true, budget);
                };
            case "format" -> (p, n) -> Format.format(text, p, n, budget);
            case "zfill" -> (p, n) -> {
                long width = Arguments.bind(name, p, n, "width").number("width", 0);
                budget.text(width);
                int sign = text.string().startsWith("-") || text.string().startsWith("+") ? 1 : 0;
                Text zeros = Text.template("0".repeat((int) Math.max(0, width - text.length())));
                return text.slice(0, sign).plus(zeros).plus(text.slice(sign, text.length()));
            };
            case "ljust", "rjust", "center" ->
                (p, n) -> {
                    Arguments a = Arguments.bind(name, p, n, "width", "fillchar");
                    return pad(text, a.number("width", 0), a.text("fillchar", Text.template(" ")), name, budget);
                };
            case "isdigit", "isdecimal", "isnumeric" -> (p, n) -> all(text, Character::isDigit);
            case "isalpha" -> (p, n) -> all(text, Character::isLetter);
            case "isalnum" -> (p, n) -> all(text, Character::isLetterOrDigit);
            case "isspace" -> (p, n) -> all(text, c -> c < 0x10000 && Whitespace.is((char) c));
            case "isupper" -> (p, n) -> isUpper(text);
            case "islower" -> (p, n) -> isLower(text);
            case "upper", "lower", "title", "capitalize", "swapcase", "casefold" ->
                (p, n) -> {
                    Arguments.bind(name, p, n);
                    return cased(text, name, budget);
                };
            default -> null;
        };
    }

    private static boolean all(Text text, IntPredicate test) {
        return text.length() > 0 && text.string().codePoints().allMatch(test);
    }

    static boolean isUpper(Text text) {
        return text.string().codePoints().anyMatch(Character::isUpperCase)
                && text.string().codePoints().noneMatch(Character::isLowerCase);
    }

    static boolean isLower(Text text) {
        return text.string().codePoints().anyMatch(Character::isLowerCase)
                && text.string().codePoints().noneMatch(Character::isUpperCase);
    }

    static Text cased(Text text, String how, Budget budget) {
        budget.text(text.length() * 2L);
        return switch (how) {
            case "upper" -> text.map(s -> s.toUpperCase(Locale.ROOT));
            case "lower" -> text.map(s -> s.toLowerCase(Locale.ROOT));
            case "casefold" -> text.map(s -> s.toLowerCase(Locale.ROOT).replace("ß", "ss"));
            case "capitalize" -> {
                int first = text.length() == 0 ? 0 : text.string().offsetByCodePoints(0, 1);
                Text rest = text.slice(first, text.length()).map(s -> s.toLowerCase(Locale.ROOT));
                yield text.slice(0, first).map(StringMethods::titled).plus(rest);
            }
            case "title" -> title(text);
            default -> text.map(StringMethods::swapped);
        };
    }

    private static String swapped(String s) {
        StringBuilder out = new StringBuilder();
        s.codePoints().forEach(c -> {
            String one = Character.toString(c);
            out.append(Character.isUpperCase(c) ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
        });
        return out.toString();
    }

    private static String titled(String s) {
        StringBuilder out = new StringBuilder();
        s.codePoints().forEach(c -> {
            int title = Character.toTitleCase(c);
            out.append(title != c ? Character.toString(title) : Character.toString(c).toUpperCase(Locale.ROOT));
        });
        return out.toString();
    }

    /** Python's title: a letter behind no letter is a capital, others are small. */
    private static Text title(Text text) {
        Text.Builder out = new Text.Builder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int next = text.string().offsetByCodePoints(i, 1);
            Text one = text.slice(i, next);
            boolean wordBefore = inWord;
            out.append(one.map(s -> wordBefore ? s.toLowerCase(Locale.ROOT) : titled(s)));
            int c = text.string().codePointAt(i);
            inWord = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
            i = next;
        }
        return out.build();
    }

    /** Strips the characters of a set, or Python's white space when it is null. */
    static Text strip(Text text, String set, boolean left, boolean right) {
        String s = text.string();
        int from = 0;
        int to = s.length();
        while (left && from < to && stripped(s.codePointAt(from), set)) {
            from = s.offsetByCodePoints(from, 1);
        }
        while (right && to > from && stripped(s.codePointBefore(to), set)) {
            to = s.offsetByCodePoints(to, -1);
        }
        return text.slice(from, to);
    }

    private static boolean stripped(int c, String set) {
        return set == null ? c < 0x10000 && Whitespace.is((char) c) : set.indexOf(c) >= 0;
    }

    private static List<Object> split(Text text, String separator, long most, boolean fromRight) {
        if (separator.isEmpty()) {
            throw new ValueException("empty separator");
        }
        List<Object> parts = new ArrayList<>();
        String s = text.string();
        if (fromRight) {
            int end = s.length();
            for (int at = s.lastIndexOf(separator); at >= 0 && (most < 0 || parts.size() < most); ) {
                parts.add(0, text.slice(at + separator.length(), end));
                end = at;
                at = at == 0 ? -1 : s.lastIndexOf(separator, at - separator.length());
            }
            parts.add(0, text.slice(0, end));
            return parts;
        }
        int start = 0;
        for (int at = s.indexOf(separator); at >= 0 && (most < 0 || parts.size() < most); ) {
            parts.add(text.slice(start, at));
            start = at + separator.length();
            at = s.indexOf(separator, start);
        }
        parts.add(text.slice(start, s.length()));
        return parts;
    }

    static List<Object> words(Text text, long most, boolean fromRight) {
        List<Object> parts = new ArrayList<>();
        String s = text.string();
        if (fromRight) {
            int to = Whitespace.skipBack(s, 0, s.length());
            while (to > 0) {
                int from = to;
                while (from > 0 && !Whitespace.is(s.charAt(from - 1))) {
                    from--;
                }
                from = most >= 0 && parts.size() >= most ? 0 : from;
                parts.add(0, text.slice(from, to));
                to = Whitespace.skipBack(s, 0, from);
            }
            return parts;
        }
        int from = Whitespace.skip(s, 0);
        while (from < s.length()) {
            int to = from;
            while (to < s.length() && !Whitespace.is(s.charAt(to))) {
                to++;
            }
            to = most >= 0 && parts.size() >= most ? Whitespace.skipBack(s, from, s.length()) : to;
            parts.add(text.slice(from, to));
            from = Whitespace.skip(s, to);
        }
        return parts;
    }

    static List<Object> lines(Text text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        String s = text.string();
        int start = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            boolean end = c >= '\n' && c <= '\r' || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
            if (end) {
                int next = c == '\r' && i + 1 < s.length() && s.charAt(i + 1) == '\n' ? i + 2 : i + 1;
                lines.add(text.slice(start, keepEnds ? next : i));
                start = next;
                i = next - 1;
            }
        }
        if (start < s.length()) {
            lines.add(text.slice(start, s.length()));
        }
        return lines;
    }

    private static Tuple partition(Text text, String separator, boolean last) {
        if (separator.isEmpty()) {
            throw new ValueException("empty separator");
        }
        int at = last ? text.string().lastIndexOf(separator) : text.string().indexOf(separator);
        if (at < 0) {
            return new Tuple(last ? List.of(Text.EMPTY, Text.EMPTY, text) : List.of(text, Text.EMPTY, Text.EMPTY));
        }
        int end = at + separator.length();
        return new Tuple(List.of(text.slice(0, at), text.slice(at, end), text.slice(end, text.length())));
    }

    private static boolean startsOrEnds(
            Text text, String name, List<Object> positional, Map<String, Object> named, boolean starts) {
        Object wanted = Arguments.bind(name, positional, named, "affix").get("affix");
        List<Object> options = wanted instanceof Tuple tuple ? Values.unchecked(tuple) : List.of(wanted);
        for (Object option : options) {
            if (!(option instanceof Text affix)) {
                throw new ValueException(name + " first arg must be str or a tuple of str, not "
                        + Values.typeName(option));
            }
            if (starts ? text.string().startsWith(affix.string()) : text.string().endsWith(affix.string())) {
                return true;
            }
        }
        return false;
    }

    static Text replace(Text text, String old, Text with, long count, Budget budget) {
        budget.text(text.length());
        String s = text.string();
        Text.Builder out = new Text.Builder();
        int start = 0;
        int at = s.indexOf(old);
        long done = 0;
        while (at >= 0 && (count < 0 || done < count)) {
            out.append(text.slice(start, at)).append(with);
            budget.text(out.length() / 64 + with.length());
            start = at;
            done++;
            if (old.isEmpty()) {
                if (at == s.length()) {
                    break;
                }
                out.append(text.slice(at, at + 1));
                start = at + 1;
                at = at + 1;
            } else {
                start = at + old.length();
                at = s.indexOf(old, start);
            }
            if (out.length() > Budget.MAX_TEXT) {
                budget.text(out.length());
            }
        }
        return out.append(text.slice(start, s.length())).build();
    }

    private static Object search(Text text, String name, List<Object> positional, Map<String, Object> named) {
        String wanted = Arguments.bind(name, positional, named, "sub").text("sub").string();
        String s = text.string();
        if (name.equals("count")) {
            long count = 0;
            if (wanted.isEmpty()) {
                return s.codePointCount(0, s.length()) + 1L;
            }
            for (int at = s.indexOf(wanted); at >= 0; at = s.indexOf(wanted, at + wanted.length())) {
                count++;
            }
            return count;
        }
        int at = name.startsWith("r") ? s.lastIndexOf(wanted) : s.indexOf(wanted);
        if (at < 0 && name.endsWith("index")) {
            throw new ValueException("substring not found");
        }
        return at < 0 ? -1L : (long) s.codePointCount(0, at);
    }

    /** Joins; Python's own method takes strings only, Jinja's filter prints what it is given. */
    static Text join(List<Object> items, Text separator, boolean stringsOnly, Budget budget) {
        Text.Builder out = new Text.Builder();
        for (int i = 0; i < items.size(); i++) {
            if (stringsOnly && !(items.get(i) instanceof Text)) {
                throw new ValueException("sequence item " + i + ": expected str instance, "
                        + Values.typeName(items.get(i)) + " found");
            }
            if (i > 0) {
                out.append(separator);
            }
            Text item = Values.str(items.get(i), budget);
            out.append(item);
            budget.text(item.length() + separator.length());
            if (out.length() > Budget.MAX_TEXT) {
                budget.text(out.length());
            }
        }
        return out.build();
    }

    static Text pad(Text text, long width, Text fill, String how, Budget budget) {
        budget.text(Math.max(0, width));
        int missing = (int) Math.max(0, width - text.string().codePointCount(0, text.length()));
        int left = how.equals("rjust") ? missing : how.equals("ljust") ? 0 : missing / 2 + (missing & (int) width & 1);
        String one = fill.string();
        return Text.template(one.repeat(left)).plus(text).plus(Text.template(one.repeat(missing - left)));
    }
}
