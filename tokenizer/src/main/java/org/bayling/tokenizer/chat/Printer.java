package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes a value as Python's {@code repr} or as {@code json.dumps} does, under a budget. */
final class Printer {
    private final Budget budget;
    private final boolean json;
    /** What one level is indented by; null writes all on one line. */
    private final String indent;

    private final String itemSeparator;
    private final String keySeparator;
    private final boolean ascii;
    private final boolean sortKeys;
    private final StringBuilder out = new StringBuilder();
    private int source = Text.TEMPLATE;
    private int level;

    private Printer(
            Budget budget,
            boolean json,
            String indent,
            String itemSeparator,
            String keySeparator,
            boolean ascii,
            boolean sortKeys) {
        this.budget = budget;
        this.json = json;
        this.indent = indent;
        this.itemSeparator = itemSeparator;
        this.keySeparator = keySeparator;
        this.ascii = ascii;
        this.sortKeys = sortKeys;
    }

    static Printer repr(Budget budget) {
        return new Printer(budget, false, null, ", ", ": ", false, false);
    }

    /** Separators that are null are json.dumps' own. */
    static Printer json(
            Budget budget, String indent, String itemSeparator, String keySeparator, boolean ascii, boolean sortKeys) {
        String items = itemSeparator != null ? itemSeparator : indent != null ? "," : ", ";
        return new Printer(
                budget, true, indent, items, keySeparator != null ? keySeparator : ": ", ascii, sortKeys);
    }

    /** The text written; it comes from where the strings in it came from. */
    Text text() {
        return Text.of(out.toString(), source);
    }

    void write(Object value) {
        budget.step();
        if (value instanceof Text text) {
            budget.text(text.length() + (long) out.length() / 64);
            source = Text.dominant(source, text.dominantSource());
            out.append(json ? quoted(text.string()) : Values.repr(text.string()));
        } else if (value instanceof Boolean b) {
            out.append(json ? (b ? "true" : "false") : (b ? "True" : "False"));
        } else if (value == None.NONE) {
            out.append(json ? "null" : "None");
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double d) {
            out.append(json ? jsonNumber(d) : Numbers.repr(d));
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (json) {
            throw new ValueException("Object of type " + Values.typeName(value) + " is not JSON serializable");
        } else {
            out.append(value instanceof Undefined ? "Undefined" : "<" + Values.typeName(value) + ">");
        }
        if (out.length() > Budget.MAX_TEXT) {
            budget.text(out.length());
        }
    }

    private void list(List<?> list) {
        boolean tuple = list instanceof Tuple && !json;
        out.append(tuple ? '(' : '[');
        open(list.isEmpty());
        for (int i = 0; i < list.size(); i++) {
            separate(i);
            write(list.get(i));
        }
        if (tuple && list.size() == 1) {
            out.append(',');
        }
        close(list.isEmpty());
        out.append(tuple ? ')' : ']');
    }

    private void map(Map<?, ?> map) {
        out.append('{');
        open(map.isEmpty());
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (sortKeys) {
            Comparator<Map.Entry<?, ?>> byKey = (a, b) -> Values.compare("<", a.getKey(), b.getKey(), budget);
            entries.sort(byKey);
        }
        int i = 0;
        for (Map.Entry<?, ?> entry : entries) {
            separate(i++);
            Object key = entry.getKey();
            if (json && !(key instanceof Text)) {
                out.append('"');
                write(key);
                out.append('"');
            } else {
                write(key);
            }
            out.append(keySeparator);
            write(entry.getValue());
        }
        close(map.isEmpty());
        out.append('}');
    }

    private void open(boolean empty) {
        budget.enter();
        level++;
        if (!empty) {
            newLine();
        }
    }

    private void separate(int index) {
        if (index > 0) {
            out.append(itemSeparator);
            newLine();
        }
    }

    private void close(boolean empty) {
        level--;
        budget.leave();
        if (!empty) {
            newLine();
        }
    }

    private void newLine() {
        if (indent != null) {
            budget.spend(1 + (long) level * indent.length() / 32);
            out.append('\n').append(indent.repeat(level));
        }
    }

    private static String jsonNumber(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Numbers.repr(value);
    }

    private String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> {
                    if (c < 0x20 || ascii && c > 0x7e) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
