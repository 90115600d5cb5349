package org.bayling.tokenizer.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The filters behind {@code |}. */
final class Filters {
    private final Budget budget;

    Filters(Budget budget) {
        this.budget = budget;
    }

    /** Applies the filter of that name; the value is its first argument. */
    Object apply(String name, Object value, List<Object> positional, Map<String, Object> named) {
        switch (name) {
            case "upper", "lower", "capitalize":
                return StringMethods.cased(str(value), name, budget);
            case "title":
                return title(str(value));
            case "trim":
                Object chars = bind(name, positional, named, "chars").get("chars", None.NONE);
                budget.text(str(value).length());
                return StringMethods.strip(str(value), chars == None.NONE ? null : str(chars).string(), true, true);
            case "replace":
                Arguments r = bind(name, positional, named, "old", "new", "count");
                Object count = r.get("count", None.NONE);
                long most = count == None.NONE ? -1 : Numbers.asLong(integer(count));
                return StringMethods.replace(
                        str(value), str(r.get("old")).string(), str(r.get("new")), most, budget);
            case "string":
                return str(value);
            case "safe":
                return value;
            case "e", "escape", "forceescape":
                return escape(str(value));
            case "tojson":
                return toJson(
                        value, bind(name, positional, named, "ensure_ascii", "indent", "separators", "sort_keys"));
            case "indent":
                return indent(str(value), bind(name, positional, named, "width", "first", "blank"));
            case "center":
                long width = bind(name, positional, named, "width").number("width", 80);
                return StringMethods.pad(str(value), width, Text.template(" "), "center", budget);
            case "format":
                return Format.percent(str(value), named.isEmpty() ? positional : List.copyOf(named.values()), budget);
            case "wordcount":
                budget.text(str(value).length());
                return (long) StringMethods.words(str(value), -1, false).size();
            case "int", "float", "abs", "round":
                return number(name, value, positional, named);
            default:
                return collection(name, value, positional, named);
        }
    }

    private Object collection(String name, Object value, List<Object> positional, Map<String, Object> named) {
        switch (name) {
            case "length", "count":
                return length(value);
            case "default", "d":
                Arguments d = bind(name, positional, named, "default_value", "boolean");
                boolean missing = value instanceof Undefined || d.truth("boolean", false) && !Values.truth(value);
                return missing ? d.get("default_value", Text.EMPTY) : value;
            case "first", "last", "random":
                List<Object> items = elements(value);
                if (name.equals("random")) {
                    throw new ValueException("the filter 'random' is refused: templates print the same each time");
                }
                return items.isEmpty()
                        ? new Undefined("No " + name + " item, sequence was empty.")
                        : items.get(name.equals("first") ? 0 : items.size() - 1);
            case "list":
                return new ArrayList<>(elements(value));
            case "join":
                return join(value, bind(name, positional, named, "d", "attribute"));
            case "reverse":
                List<Object> reversed = new ArrayList<>(elements(value));
                Collections.reverse(reversed);
                return value instanceof Text ? StringMethods.join(reversed, Text.EMPTY, true, budget) : reversed;
            case "items":
                if (value instanceof Undefined) {
                    return List.of();
                }
                if (value instanceof Map<?, ?> map) {
                    return Access.items(Values.unchecked(map), budget);
                }
                throw new ValueException("Can only get item pairs from a mapping.");
            case "dictsort":
                return dictSort(value, bind(name, positional, named, "case_sensitive", "by", "reverse"));
            case "sort":
                Arguments s = bind(name, positional, named, "reverse", "case_sensitive", "attribute");
                return sorted(elements(value), s, s.truth("reverse", false));
            case "unique":
                return unique(elements(value), bind(name, positional, named, "case_sensitive", "attribute"));
            case "min", "max":
                List<Object> ordered =
                        sorted(elements(value), bind(name, positional, named, "case_sensitive", "attribute"), false);
                return ordered.isEmpty()
                        ? new Undefined("No aggregated item, sequence was empty.")
                        : ordered.get(name.equals("min") ? 0 : ordered.size() - 1);
            case "sum":
                return sum(value, bind(name, positional, named, "attribute", "start"));
            case "map":
                return map(value, positional, named);
            case "select", "reject", "selectattr", "rejectattr":
                return select(name, value, positional);
            case "batch":
                return batch(elements(value), bind(name, positional, named, "linecount", "fill_with"));
            case "attr":
                return Access.attribute(value, bind(name, positional, named, "name").text("name").string(), budget);
            default:
                throw new ValueException("No filter named '" + name + "'.");
        }
    }

    private Object length(Object value) {
        if (value instanceof Text text) {
            return (long) text.string().codePointCount(0, text.length());
        } else if (value instanceof Map<?, ?> map) {
            return (long) map.size();
        } else if (value instanceof List<?> list) {
            return (long) list.size();
        } else if (value instanceof Undefined) {
            return 0L;
        }
        throw new ValueException("object of type '" + Values.typeName(value) + "' has no len()");
    }

    private Object number(String name, Object value, List<Object> positional, Map<String, Object> named) {
        switch (name) {
            case "int":
                Arguments i = bind(name, positional, named, "default", "base");
                return toInteger(value, i.get("default", 0L), (int) i.number("base", 10));
            case "float":
                Object otherwise = bind(name, positional, named, "default").get("default", 0.0);
                if (Numbers.isNumber(value)) {
                    return Numbers.asDouble(value);
                }
                try {
                    return value instanceof Text t ? (Object) Double.parseDouble(t.string().trim()) : otherwise;
                } catch (NumberFormatException e) {
                    return otherwise;
                }
            case "abs":
                if (Numbers.isInteger(value)) {
                    return Math.abs(Numbers.asLong(value));
                } else if (value instanceof Double d) {
                    return Math.abs(d);
                }
                throw new ValueException("bad operand type for abs(): '" + Values.typeName(value) + "'");
            default:
                Arguments r = bind(name, positional, named, "precision", "method");
                return round(value, (int) r.number("precision", 0), r.text("method", Text.template("common")).string());
        }
    }

    private static Object toInteger(Object value, Object otherwise, int base) {
        if (Numbers.isInteger(value)) {
            return Numbers.asLong(value);
        } else if (value instanceof Double d) {
            return Double.isFinite(d) && Math.abs(d) < 9e18 ? (Object) (long) (double) d : otherwise;
        } else if (value instanceof Text t) {
            String text = t.string().trim();
            try {
                return Long.parseLong(text, base);
            } catch (NumberFormatException e) {
                try {
                    return base == 10 ? (Object) (long) Double.parseDouble(text) : otherwise;
                } catch (NumberFormatException noFloat) {
                    return otherwise;
                }
            }
        }
        return otherwise;
    }

    private static Object round(Object value, int precision, String method) {
        if (!Numbers.isNumber(value)) {
            throw new ValueException("type " + Values.typeName(value) + " cannot be rounded");
        }
        RoundingMode mode =
                switch (method) {
                    case "common" -> RoundingMode.HALF_EVEN;
                    case "ceil" -> RoundingMode.CEILING;
                    case "floor" -> RoundingMode.FLOOR;
                    default -> throw new ValueException("method must be common, ceil or floor");
                };
        if (Math.abs(precision) > 300) {
            throw new ValueException("precision " + precision + " is out of range");
        }
        return new BigDecimal(Numbers.asDouble(value)).setScale(precision, mode).doubleValue();
    }

    private Object toJson(Object value, Arguments a) {
        Object indent = a.get("indent", None.NONE);
        String step = null;
        if (indent instanceof Text text) {
            step = text.string();
        } else if (Numbers.isInteger(indent)) {
            long width = Numbers.asLong(indent);
            budget.text(Math.max(0, width));
            step = " ".repeat((int) Math.max(0, width));
        }
        Object separators = a.get("separators", None.NONE);
        String items = null;
        String keys = null;
        if (separators instanceof List<?> list && list.size() == 2) {
            items = str(list.get(0)).string();
            keys = str(list.get(1)).string();
        }
        Printer printer = Printer.json(
                budget, step, items, keys, a.truth("ensure_ascii", false), a.truth("sort_keys", false));
        printer.write(value);
        return printer.text();
    }

    private Object indent(Text text, Arguments a) {
        Object width = a.get("width", 4L);
        Text step;
        if (width instanceof Text given) {
            step = given;
        } else {
            long count = Numbers.asLong(integer(width));
            budget.text(Math.max(0, count));
            step = Text.template(" ".repeat((int) Math.max(0, count)));
        }
        boolean blank = a.truth("blank", false);
        Text.Builder out = new Text.Builder();
        // As Jinja: a newline is added and taken off again, so a last empty line stays.
        List<Object> lines = StringMethods.lines(text.plus(Text.template("\n")), false);
        for (int i = 0; i < lines.size(); i++) {
            Text line = (Text) lines.get(i);
            boolean indented = i == 0 ? a.truth("first", false) : blank || line.length() > 0;
            if (i > 0) {
                out.append("\n", Text.TEMPLATE);
            }
            if (indented) {
                out.append(step);
            }
            out.append(line);
            budget.text(out.length() / 64 + step.length());
            if (out.length() > Budget.MAX_TEXT) {
                budget.text(out.length());
            }
        }
        return out.build();
    }

    /** Unlike Python's title method: a word starts behind white space, a dash or an opening bracket only. */
    private Text title(Text text) {
        budget.text(text.length() * 2L);
        Text.Builder out = new Text.Builder();
        String s = text.string();
        int start = 0;
        for (int i = 0; i < s.length(); i++) {
            if (Whitespace.is(s.charAt(i)) || "-({[<".indexOf(s.charAt(i)) >= 0) {
                out.append(StringMethods.cased(text.slice(start, i), "capitalize", budget));
                out.append(text.slice(i, i + 1));
                start = i + 1;
            }
        }
        return out.append(StringMethods.cased(text.slice(start, s.length()), "capitalize", budget)).build();
    }

    private Text escape(Text text) {
        budget.text(text.length() * 6L);
        return text.map(s -> s.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;"));
    }

    private Object join(Object value, Arguments a) {
        Object attribute = a.get("attribute", None.NONE);
        List<Object> items = elements(value);
        if (attribute != None.NONE) {
            List<Object> picked = new ArrayList<>();
            items.forEach(item -> picked.add(pick(item, attribute)));
            items = picked;
        }
        return StringMethods.join(items, str(a.get("d", Text.EMPTY)), false, budget);
    }

    private Object sum(Object value, Arguments a) {
        Object attribute = a.get("attribute", None.NONE);
        Object total = a.get("start", 0L);
        for (Object item : elements(value)) {
            total = Operators.binary("+", total, attribute == None.NONE ? item : pick(item, attribute), budget);
        }
        return total;
    }

    private Object dictSort(Object value, Arguments a) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ValueException("dictsort needs a mapping, found " + Values.typeName(value));
        }
        int position = a.text("by", Text.template("key")).string().equals("value") ? 1 : 0;
        boolean caseSensitive = a.truth("case_sensitive", false);
        List<Object> items = Access.items(Values.unchecked(map), budget);
        Comparator<Object> order = (x, y) -> Values.compare(
                "<",
                folded(((Tuple) x).get(position), caseSensitive),
                folded(((Tuple) y).get(position), caseSensitive),
                budget);
        items.sort(a.truth("reverse", false) ? order.reversed() : order);
        return items;
    }

    private List<Object> sorted(List<Object> items, Arguments a, boolean reverse) {
        Object attribute = a.get("attribute", None.NONE);
        boolean caseSensitive = a.truth("case_sensitive", false);
        List<Object> sorted = new ArrayList<>(items);
        Comparator<Object> order = (x, y) -> Values.compare(
                "<", sortKey(x, attribute, caseSensitive), sortKey(y, attribute, caseSensitive), budget);
        sorted.sort(reverse ? order.reversed() : order);
        return sorted;
    }

    private Object sortKey(Object item, Object attribute, boolean caseSensitive) {
        return folded(attribute == None.NONE ? item : pick(item, attribute), caseSensitive);
    }

    private static Object folded(Object value, boolean caseSensitive) {
        return value instanceof Text t && !caseSensitive ? t.map(s -> s.toLowerCase(Locale.ROOT)) : value;
    }

    private Object unique(List<Object> items, Arguments a) {
        Object attribute = a.get("attribute", None.NONE);
        boolean caseSensitive = a.truth("case_sensitive", false);
        Map<Object, Object> first = new LinkedHashMap<>();
        items.forEach(item -> first.putIfAbsent(Values.key(sortKey(item, attribute, caseSensitive)), item));
        return new ArrayList<>(first.values());
    }

    private Object map(Object value, List<Object> positional, Map<String, Object> named) {
        List<Object> out = new ArrayList<>();
        if (positional.isEmpty() && named.containsKey("attribute")) {
            Object otherwise = named.get("default");
            for (Object item : elements(value)) {
                Object picked = pick(item, named.get("attribute"));
                out.add(picked instanceof Undefined && otherwise != null ? otherwise : picked);
            }
            return out;
        }
        if (positional.isEmpty()) {
            throw new ValueException("map requires a filter argument");
        }
        String filter = str(positional.get(0)).string();
        for (Object item : elements(value)) {
            out.add(apply(filter, item, positional.subList(1, positional.size()), named));
        }
        return out;
    }

    private Object select(String name, Object value, List<Object> positional) {
        boolean byAttribute = name.endsWith("attr");
        boolean wanted = name.startsWith("select");
        int first = byAttribute ? 1 : 0;
        if (positional.size() < first) {
            throw new ValueException("Missing parameter for attribute name");
        }
        List<Object> out = new ArrayList<>();
        for (Object item : elements(value)) {
            budget.step();
            Object tested = byAttribute ? pick(item, positional.get(0)) : item;
            boolean passes = positional.size() == first
                    ? Values.truth(tested)
                    : Tests.test(
                            str(positional.get(first)).string(),
                            tested,
                            positional.subList(first + 1, positional.size()),
                            budget);
            if (passes == wanted) {
                out.add(item);
            }
        }
        return out;
    }

    private Object batch(List<Object> items, Arguments a) {
        long size = a.number("linecount", 1);
        Object fill = a.get("fill_with", None.NONE);
        if (size < 1 || size > Budget.MAX_LIST) {
            throw new ValueException("batch size " + size + " is out of range");
        }
        List<Object> out = new ArrayList<>();
        for (int i = 0; i < items.size(); i += (int) size) {
            List<Object> row = new ArrayList<>(items.subList(i, (int) Math.min(items.size(), i + size)));
            while (fill != None.NONE && row.size() < size) {
                row.add(fill);
            }
            budget.list(row.size());
            out.add(row);
        }
        return out;
    }

    /** An attribute, or a path of them with dots and indices. */
    private Object pick(Object item, Object attribute) {
        if (Numbers.isInteger(attribute)) {
            return Access.element(item, attribute, budget);
        }
        Object value = item;
        for (String part : str(attribute).string().split("\\.")) {
            budget.step();
            Object key = part.matches("[0-9]{1,9}") ? (Object) Long.parseLong(part) : Text.template(part);
            value = Access.element(value, key, budget);
        }
        return value;
    }

    private List<Object> elements(Object value) {
        List<Object> items = Values.elements(value, budget);
        budget.spend(items.size());
        return items;
    }

    private Text str(Object value) {
        return Values.str(value, budget);
    }

    private static Object integer(Object value) {
        if (!Numbers.isInteger(value)) {
            throw new ValueException("expected an integer, found " + Values.typeName(value));
        }
        return value;
    }

    private static Arguments bind(
            String name, List<Object> positional, Map<String, Object> named, String... parameters) {
        return Arguments.bind(name, positional, named, parameters);
    }
}
