package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes, elements and slices of values. Methods are looked up in fixed lists; nothing of Java is reachable. */
final class Access {
    private static final Set<String> CHANGING = Set.of(
            "append", "extend", "insert", "remove", "clear", "update", "pop", "popitem", "setdefault", "sort",
            "reverse");

    private Access() {}

    /** {@code target.name}: a method first, then an entry of a map. */
    static Object attribute(Object target, String name, Budget budget) {
        Object method = method(target, name, budget);
        if (method != null) {
            return method;
        }
        if (target instanceof Map<?, ?> map) {
            Object value = map.get(Text.template(name));
            if (value != null) {
                return value;
            }
        }
        if (CHANGING.contains(name) && (target instanceof Map<?, ?> || target instanceof List<?>)) {
            String type = Values.typeName(target);
            throw new ValueException("access to attribute '" + name + "' of '" + type + "' object is unsafe.");
        }
        return Undefined.element(target, Text.template(name));
    }

    /** {@code target[key]}: an element first, then a method. */
    static Object element(Object target, Object key, Budget budget) {
        if (target instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        }
        if (target instanceof Map<?, ?> map) {
            Object value = key instanceof List<?> && !(key instanceof Tuple) || key instanceof Map<?, ?>
                    ? null
                    : map.get(Values.key(key));
            if (value != null) {
                return value;
            }
        } else if (target instanceof List<?> list && Numbers.isInteger(key)) {
            long index = Numbers.asLong(key);
            long place = index < 0 ? index + list.size() : index;
            if (place >= 0 && place < list.size()) {
                return list.get((int) place);
            }
        } else if (target instanceof Text text && Numbers.isInteger(key)) {
            String s = text.string();
            int length = s.codePointCount(0, s.length());
            budget.text(length);
            long index = Numbers.asLong(key);
            long place = index < 0 ? index + length : index;
            if (place >= 0 && place < length) {
                int from = s.offsetByCodePoints(0, (int) place);
                return text.slice(from, s.offsetByCodePoints(from, 1));
            }
        }
        if (key instanceof Text name) {
            Object method = method(target, name.string(), budget);
            if (method != null) {
                return method;
            }
        }
        return Undefined.element(target, key);
    }

    private static Object method(Object target, String name, Budget budget) {
        if (target instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        } else if (target instanceof Text text) {
            return StringMethods.method(text, name, budget);
        } else if (target instanceof Map<?, ?> map) {
            return dictMethod(Values.unchecked(map), name, budget);
        } else if (target instanceof List<?> list) {
            return listMethod(Values.unchecked(list), name, budget);
        } else if (target instanceof NamespaceValue namespace) {
            return namespace.attributes.get(name);
        } else if (target instanceof LoopValue loop) {
            return loop.attribute(name);
        }
        return null;
    }

    private static Callable dictMethod(Map<Object, Object> map, String name, Budget budget) {
        return switch (name) {
            case "get" ->
                (p, n) -> {
                    Arguments a = Arguments.bind(name, p, n, "key", "default");
                    Object value = map.get(Values.key(a.get("key")));
                    return value == null ? a.get("default", None.NONE) : value;
                };
            case "items" -> (p, n) -> items(map, budget);
            case "keys" -> (p, n) -> new ArrayList<>(map.keySet());
            case "values" -> (p, n) -> new ArrayList<>(map.values());
            case "copy" -> (p, n) -> new LinkedHashMap<>(map);
            default -> null;
        };
    }

    private static Callable listMethod(List<Object> list, String name, Budget budget) {
        return switch (name) {
            case "index" ->
                (p, n) -> {
                    Object wanted = Arguments.bind(name, p, n, "value").get("value");
                    for (int i = 0; i < list.size(); i++) {
                        if (Values.equal(list.get(i), wanted, budget)) {
                            return (long) i;
                        }
                    }
                    throw new ValueException(Values.repr(wanted, Budget.forMessage()) + " is not in list");
                };
            case "count" ->
                (p, n) -> {
                    Object wanted = Arguments.bind(name, p, n, "value").get("value");
                    return list.stream().filter(item -> Values.equal(item, wanted, budget)).count();
                };
            case "copy" -> (p, n) -> new ArrayList<>(list);
            default -> null;
        };
    }

    static List<Object> items(Map<Object, Object> map, Budget budget) {
        budget.list(map.size());
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(new Tuple(List.of(key, value))));
        return items;
    }

    /** {@code target[from:to:step]}; bounds that are not given are None. */
    static Object slice(Object target, Object from, Object to, Object step, Budget budget) {
        long by = step == None.NONE ? 1 : bound(step);
        if (by == 0) {
            throw new ValueException("slice step cannot be zero");
        }
        if (target instanceof Text text && by == 1) {
            String s = text.string();
            int length = s.codePointCount(0, s.length());
            budget.text(length);
            int first = (int) clamp(from, 0, length, 0, length);
            int last = (int) clamp(to, length, length, 0, length);
            return first >= last
                    ? Text.EMPTY
                    : text.slice(s.offsetByCodePoints(0, first), s.offsetByCodePoints(0, last));
        }
        if (target instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        }
        if (!(target instanceof Text) && !(target instanceof List<?>)) {
            return Undefined.element(target, None.NONE);
        }
        List<Object> items = Values.elements(target, budget);
        int size = items.size();
        long first = by > 0 ? clamp(from, 0, size, 0, size) : clamp(from, size - 1, size, -1, size - 1);
        long last = by > 0 ? clamp(to, size, size, 0, size) : clamp(to, -1, size, -1, size - 1);
        List<Object> out = new ArrayList<>();
        for (long i = first; by > 0 ? i < last : i > last; i += by) {
            out.add(items.get((int) i));
        }
        budget.list(out.size());
        if (target instanceof Text) {
            return StringMethods.join(out, Text.EMPTY, true, budget);
        }
        return target instanceof Tuple ? new Tuple(out) : out;
    }

    private static long clamp(Object bound, long otherwise, int size, long least, long most) {
        if (bound == None.NONE) {
            return otherwise;
        }
        long value = bound(bound);
        value = value < 0 ? value + size : value;
        return Math.max(least, Math.min(most, value));
    }

    private static long bound(Object value) {
        if (!Numbers.isInteger(value)) {
            throw new ValueException("slice indices must be integers or None");
        }
        return Math.max(-(1L << 40), Math.min(1L << 40, Numbers.asLong(value)));
    }
}
