package org.bayling.tokenizer.chat;

import java.util.List;
import java.util.Map;

/** Python's {@code str.format} and {@code %} for the plain fields that templates use; anything else is refused. */
final class Format {
    private Format() {}

    /** {@code "{} {0} {name}".format(...)} with fields that have no format of their own. */
    static Text format(Text pattern, List<Object> positional, Map<String, Object> named, Budget budget) {
        Text.Builder out = new Text.Builder();
        String s = pattern.string();
        int automatic = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            boolean doubled = i + 1 < s.length() && s.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(pattern.slice(i, i + 1));
                i++;
            } else if (c == '{') {
                int end = s.indexOf('}', i);
                if (end < 0) {
                    throw new ValueException("expected '}' before end of string");
                }
                String field = s.substring(i + 1, end);
                Object value;
                if (field.isEmpty() || field.matches("[0-9]{1,4}")) {
                    int index = field.isEmpty() ? automatic++ : Integer.parseInt(field);
                    if (index >= positional.size()) {
                        throw new ValueException("Replacement index " + index + " out of range for positional args");
                    }
                    value = positional.get(index);
                } else if (named.containsKey(field)) {
                    value = named.get(field);
                } else {
                    throw new ValueException("format field '" + field + "' is not given or not supported");
                }
                append(out, Values.str(value, budget), budget);
                i = end;
            } else if (c == '}') {
                throw new ValueException("Single '}' encountered in format string");
            } else {
                out.append(pattern.slice(i, i + 1));
            }
        }
        return out.build();
    }

    /** {@code "%s %d" % values}. */
    static Text percent(Text pattern, List<Object> values, Budget budget) {
        Text.Builder out = new Text.Builder();
        String s = pattern.string();
        int next = 0;
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) != '%') {
                out.append(pattern.slice(i, i + 1));
                continue;
            }
            char kind = i + 1 < s.length() ? s.charAt(++i) : ' ';
            if (kind == '%') {
                out.append(pattern.slice(i, i + 1));
                continue;
            }
            if (next >= values.size()) {
                throw new ValueException("not enough arguments for format string");
            }
            Object value = values.get(next++);
            if (kind == 's' || kind == 'd' && Numbers.isInteger(value)) {
                append(out, Values.str(value, budget), budget);
            } else if (kind == 'r') {
                append(out, Text.template(Values.repr(value, budget)), budget);
            } else {
                throw new ValueException("format character '%" + kind + "' is not supported");
            }
        }
        if (next < values.size()) {
            throw new ValueException("not all arguments converted during string formatting");
        }
        return out.build();
    }

    private static void append(Text.Builder out, Text value, Budget budget) {
        out.append(value);
        budget.text(value.length());
        if (out.length() > Budget.MAX_TEXT) {
            budget.text(out.length());
        }
    }
}
