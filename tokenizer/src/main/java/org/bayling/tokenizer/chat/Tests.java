package org.bayling.tokenizer.chat;

import java.util.List;
import java.util.Map;

/** The tests behind {@code is}. */
final class Tests {
    private Tests() {}

    /** Whether a value passes the test of that name. */
    static boolean test(String name, Object value, List<Object> arguments, Budget budget) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == None.NONE;
            case "boolean" -> value instanceof Boolean;
            case "true" -> value.equals(true);
            case "false" -> value.equals(false);
            case "string" -> value instanceof Text;
            case "number" -> Numbers.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "mapping" -> value instanceof Map<?, ?>;
            case "sequence" ->
                value instanceof List<?> || value instanceof Text || value instanceof Map<?, ?>
                        || value instanceof Undefined;
            case "iterable" ->
                value instanceof List<?> || value instanceof Text || value instanceof Map<?, ?>
                        || value instanceof Undefined || value instanceof LoopValue;
            case "callable" -> value instanceof Callable;
            case "sameas" -> value == argument(name, arguments) || isSameSmall(value, argument(name, arguments));
            case "escaped" -> false;
            case "odd" -> parity(value) == 1;
            case "even" -> parity(value) == 0;
            case "divisibleby" ->
                Values.equal(Numbers.apply("%", number(value), number(argument(name, arguments))), 0L, budget);
            case "lower" -> value instanceof Text t && StringMethods.isLower(t);
            case "upper" -> value instanceof Text t && StringMethods.isUpper(t);
            case "in" -> Values.contains(argument(name, arguments), value, budget);
            case "eq", "equalto", "==" -> Values.equal(value, argument(name, arguments), budget);
            case "ne", "!=" -> !Values.equal(value, argument(name, arguments), budget);
            case "lt", "lessthan", "<" -> Values.compare("<", value, argument(name, arguments), budget) < 0;
            case "le", "<=" -> Values.compare("<=", value, argument(name, arguments), budget) <= 0;
            case "gt", "greaterthan", ">" -> Values.compare(">", value, argument(name, arguments), budget) > 0;
            case "ge", ">=" -> Values.compare(">=", value, argument(name, arguments), budget) >= 0;
            default -> throw new ValueException("No test named '" + name + "'.");
        };
    }

    private static boolean isSameSmall(Object a, Object b) {
        return a.getClass() == b.getClass() && (a instanceof Boolean || a instanceof Long) && a.equals(b);
    }

    private static long parity(Object value) {
        Object rest = Numbers.apply("%", number(value), 2L);
        return rest instanceof Long l ? l : (long) (double) (Double) rest;
    }

    private static Object number(Object value) {
        if (value instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        }
        if (!Numbers.isNumber(value)) {
            throw new ValueException("expected a number, found " + Values.typeName(value));
        }
        return value;
    }

    private static Object argument(String name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw new ValueException("test '" + name + "' needs an argument");
        }
        return arguments.get(0);
    }
}
