package org.bayling.tokenizer.chat;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that every template finds. */
final class Globals {
    private Globals() {}

    static void define(Scope scope, LocalDate date, Budget budget) {
        scope.set("range", (Callable) (positional, named) -> range(positional, budget));
        scope.set("namespace", (Callable) (positional, named) -> {
            NamespaceValue namespace = new NamespaceValue();
            dict(positional, named).forEach((key, value) -> namespace.attributes.put(key.toString(), value));
            return namespace;
        });
        scope.set("dict", (Callable) Globals::dict);
        scope.set("raise_exception", (Callable) (positional, named) -> {
            Object message = Arguments.bind("raise_exception", positional, named, "message").get("message");
            throw new RaisedException(Values.str(message, budget).string());
        });
        scope.set("strftime_now", (Callable) (positional, named) -> {
            String pattern = Arguments.bind("strftime_now", positional, named, "format")
                    .text("format")
                    .string();
            return Text.of(strftime(pattern, date), Text.DATA);
        });
    }

    /** Thrown by a template on purpose. */
    static final class RaisedException extends RuntimeException {
        RaisedException(String message) {
            super(message, null, false, false);
        }
    }

    private static Object range(List<Object> positional, Budget budget) {
        if (positional.isEmpty() || positional.size() > 3 || !positional.stream().allMatch(Numbers::isInteger)) {
            throw new ValueException("range expected 1 to 3 integers");
        }
        long first = positional.size() == 1 ? 0 : Numbers.asLong(positional.get(0));
        long end = Numbers.asLong(positional.get(positional.size() == 1 ? 0 : 1));
        long step = positional.size() < 3 ? 1 : Numbers.asLong(positional.get(2));
        if (step == 0) {
            throw new ValueException("range() arg 3 must not be zero");
        }
        double length = Math.max(0, Math.ceil(((double) end - first) / step));
        budget.list((long) Math.min(length, Long.MAX_VALUE));
        List<Object> out = new ArrayList<>();
        for (long i = 0; i < (long) length; i++) {
            out.add(first + i * step);
        }
        return out;
    }

    private static Map<Object, Object> dict(List<Object> positional, Map<String, Object> named) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object given : positional) {
            if (given instanceof Map<?, ?> other) {
                map.putAll(other);
            } else if (given instanceof List<?> pairs) {
                for (Object pair : pairs) {
                    if (!(pair instanceof List<?> two) || two.size() != 2) {
                        throw new ValueException("dict() takes a mapping or pairs");
                    }
                    map.put(Values.key(two.get(0)), two.get(1));
                }
            } else {
                throw new ValueException("'" + Values.typeName(given) + "' object is not iterable");
            }
        }
        named.forEach((key, value) -> map.put(Text.template(key), value));
        return map;
    }

    private static String strftime(String pattern, LocalDate date) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                out.append(c);
                continue;
            }
            char field = pattern.charAt(++i);
            boolean plain = field == '-' && i + 1 < pattern.length();
            field = plain ? pattern.charAt(++i) : field;
            String value = field(field, date);
            out.append(plain && value.length() > 1 && value.startsWith("0") ? value.substring(1) : value);
        }
        return out.toString();
    }

    private static String field(char field, LocalDate date) {
        return switch (field) {
            case 'd' -> String.format("%02d", date.getDayOfMonth());
            case 'e' -> String.format("%2d", date.getDayOfMonth());
            case 'm' -> String.format("%02d", date.getMonthValue());
            case 'b', 'h' -> date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'y' -> String.format("%02d", date.getYear() % 100);
            case 'Y' -> String.format("%04d", date.getYear());
            case 'a' -> date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'j' -> String.format("%03d", date.getDayOfYear());
            case 'u' -> String.valueOf(date.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(date.getDayOfWeek().getValue() % 7);
            case 'H', 'M', 'S' -> "00";
            case 'I' -> "12";
            case 'p' -> "AM";
            case 'F' -> date.toString();
            case '%' -> "%";
            default -> throw new ValueException("strftime_now: the format %" + field + " is not supported");
        };
    }
}
