package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Python does with values. A value is a {@link Text}, Long, Double, Boolean, {@link None}, {@link Undefined}, a
 * List, a Map with keys of the first four kinds, or one of the interpreter's own objects.
 */
final class Values {
    private Values() {}

    static boolean truth(Object value) {
        if (value instanceof Boolean b) {
            return b;
        } else if (value instanceof Text text) {
            return text.length() > 0;
        } else if (value instanceof Long number) {
            return number != 0;
        } else if (value instanceof Double number) {
            return number != 0;
        } else if (value instanceof List<?> list) {
            return !list.isEmpty();
        } else if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != None.NONE && !(value instanceof Undefined);
    }

    static String typeName(Object value) {
        if (value instanceof Text) {
            return "str";
        } else if (value instanceof Long) {
            return "int";
        } else if (value instanceof Double) {
            return "float";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value == None.NONE) {
            return "NoneType";
        } else if (value instanceof Undefined) {
            return "Undefined";
        } else if (value instanceof Tuple) {
            return "tuple";
        } else if (value instanceof List<?>) {
            return "list";
        } else if (value instanceof Map<?, ?>) {
            return "dict";
        } else if (value instanceof NamespaceValue) {
            return "Namespace";
        } else if (value instanceof LoopValue) {
            return "LoopContext";
        }
        return "function";
    }

    static ValueException undefined(Undefined value) {
        return new ValueException(value.problem());
    }

    /** The elements that a loop over a value sees. */
    static List<Object> elements(Object value, Budget budget) {
        if (value instanceof List<?> list) {
            budget.spend(1);
            return unchecked(list);
        } else if (value instanceof Map<?, ?> map) {
            budget.list(map.size());
            return new ArrayList<>(map.keySet());
        } else if (value instanceof Undefined) {
            return List.of();
        } else if (value instanceof Text text) {
            budget.list(text.length());
            List<Object> out = new ArrayList<>();
            for (int i = 0; i < text.length(); ) {
                int next = text.string().offsetByCodePoints(i, 1);
                out.add(text.slice(i, next));
                i = next;
            }
            return out;
        }
        throw new ValueException("'" + typeName(value) + "' object is not iterable");
    }

    @SuppressWarnings("unchecked")
    static List<Object> unchecked(List<?> list) {
        return (List<Object>) list;
    }

    @SuppressWarnings("unchecked")
    static Map<Object, Object> unchecked(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }

    static boolean equal(Object a, Object b, Budget budget) {
        budget.step();
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Numbers.isInteger(a) && Numbers.isInteger(b)
                    ? Numbers.asLong(a) == Numbers.asLong(b)
                    : Numbers.asDouble(a) == Numbers.asDouble(b);
        } else if (a instanceof Text x && b instanceof Text y) {
            budget.text(Math.min(x.length(), y.length()));
            return x.equals(y);
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            return a instanceof Tuple == b instanceof Tuple && equalLists(x, y, budget);
        } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return equalMaps(x, y, budget);
        }
        return a == b || a instanceof Undefined && b instanceof Undefined;
    }

    private static boolean equalLists(List<?> a, List<?> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        budget.enter();
        boolean same = true;
        for (int i = 0; same && i < a.size(); i++) {
            same = equal(a.get(i), b.get(i), budget);
        }
        budget.leave();
        return same;
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        budget.enter();
        boolean same = true;
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            same &= other != null && equal(entry.getValue(), other, budget);
        }
        budget.leave();
        return same;
    }

    /** Order as Python's {@code <}; values of unlike types have none. */
    static int compare(String operator, Object a, Object b, Budget budget) {
        budget.step();
        if (a instanceof Undefined u) {
            throw undefined(u);
        } else if (b instanceof Undefined u) {
            throw undefined(u);
        } else if (Numbers.isInteger(a) && Numbers.isInteger(b)) {
            return Long.compare(Numbers.asLong(a), Numbers.asLong(b));
        } else if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            return Double.compare(Numbers.asDouble(a), Numbers.asDouble(b));
        } else if (a instanceof Text x && b instanceof Text y) {
            budget.text(Math.min(x.length(), y.length()));
            return compareByCodePoint(x.string(), y.string());
        } else if (a instanceof List<?> x && b instanceof List<?> y) {
            budget.enter();
            int result = 0;
            for (int i = 0; result == 0 && i < Math.min(x.size(), y.size()); i++) {
                result = equal(x.get(i), y.get(i), budget) ? 0 : compare(operator, x.get(i), y.get(i), budget);
            }
            budget.leave();
            return result != 0 ? result : Integer.compare(x.size(), y.size());
        }
        throw new ValueException("'" + operator + "' not supported between instances of '" + typeName(a) + "' and '"
                + typeName(b) + "'");
    }

    private static int compareByCodePoint(String a, String b) {
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    static boolean contains(Object container, Object item, Budget budget) {
        if (container instanceof Text text) {
            if (!(item instanceof Text part)) {
                throw new ValueException(
                        "'in <string>' requires string as left operand, not " + typeName(item));
            }
            budget.text(text.length());
            return text.string().contains(part.string());
        } else if (container instanceof Map<?, ?> map) {
            return map.containsKey(key(item));
        } else if (container instanceof List<?> list) {
            for (Object element : list) {
                if (equal(element, item, budget)) {
                    return true;
                }
            }
            return false;
        } else if (container instanceof Undefined) {
            return false;
        }
        throw new ValueException("argument of type '" + typeName(container) + "' is not iterable");
    }

    /** A value as a key of a map: numbers that are equal are one key. */
    static Object key(Object value) {
        if (value instanceof Boolean b) {
            return b ? 1L : 0L;
        } else if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15) {
            return d.longValue();
        } else if (value instanceof List<?> && !(value instanceof Tuple) || value instanceof Map<?, ?>) {
            throw new ValueException("unhashable type: '" + typeName(value) + "'");
        }
        return value;
    }

    /** {@code str(value)}; a text keeps its sources. */
    static Text str(Object value, Budget budget) {
        if (value instanceof Text text) {
            return text;
        } else if (value instanceof Undefined) {
            return Text.EMPTY;
        }
        Printer printer = Printer.repr(budget);
        printer.write(value);
        return printer.text();
    }

    static String repr(Object value, Budget budget) {
        Printer printer = Printer.repr(budget);
        printer.write(value);
        return printer.text().string();
    }

    /** Python's {@code repr} of a string. */
    static String repr(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (printable(c)) {
                out.appendCodePoint(c);
            } else {
                String escape = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                out.append(String.format(escape, c));
            }
        });
        return out.append(quote).toString();
    }

    private static boolean printable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
