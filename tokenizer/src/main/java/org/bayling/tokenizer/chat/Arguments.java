package org.bayling.tokenizer.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The arguments of a call, bound to the names of its parameters. */
final class Arguments {
    private final String function;
    private final List<String> names;
    private final Object[] values;

    private Arguments(String function, List<String> names, Object[] values) {
        this.function = function;
        this.names = names;
        this.values = values;
    }

    /** Binds positional and named arguments; too many and unknown ones are errors. */
    static Arguments bind(String function, List<Object> positional, Map<String, Object> named, String... names) {
        List<String> parameters = Arrays.asList(names);
        if (positional.size() > names.length) {
            throw new ValueException(function + "() takes at most " + names.length + " arguments (" + positional.size()
                    + " given)");
        }
        Object[] values = Arrays.copyOf(positional.toArray(), names.length);
        named.forEach((name, value) -> {
            int at = parameters.indexOf(name);
            if (at < 0) {
                throw new ValueException(function + "() got an unexpected keyword argument '" + name + "'");
            }
            if (values[at] != null) {
                throw new ValueException(function + "() got multiple values for argument '" + name + "'");
            }
            values[at] = value;
        });
        return new Arguments(function, parameters, values);
    }

    /** An argument or, where it is not given, another value. */
    Object get(String name, Object otherwise) {
        Object value = values[names.indexOf(name)];
        return value == null ? otherwise : value;
    }

    Object get(String name) {
        Object value = get(name, null);
        if (value == null) {
            throw new ValueException(function + "() missing required argument: '" + name + "'");
        }
        return value;
    }

    Text text(String name, Text otherwise) {
        Object value = get(name, otherwise);
        if (value != null && !(value instanceof Text)) {
            throw wrong(name, "a string", value);
        }
        return (Text) value;
    }

    Text text(String name) {
        Object value = get(name);
        if (!(value instanceof Text)) {
            throw wrong(name, "a string", value);
        }
        return (Text) value;
    }

    long number(String name, long otherwise) {
        Object value = get(name, otherwise);
        if (!Numbers.isInteger(value)) {
            throw wrong(name, "an integer", value);
        }
        return Numbers.asLong(value);
    }

    boolean truth(String name, boolean otherwise) {
        return Values.truth(get(name, otherwise));
    }

    private ValueException wrong(String name, String expected, Object value) {
        return new ValueException(function + "(): argument '" + name + "' must be " + expected + ", not "
                + Values.typeName(value));
    }
}
