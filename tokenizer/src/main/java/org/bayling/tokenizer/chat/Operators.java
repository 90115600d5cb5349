package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.List;

/** Python's operators on two values. */
final class Operators {
    private Operators() {}

    static Object binary(String operator, Object left, Object right, Budget budget) {
        if (left instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        } else if (operator.equals("%") && left instanceof Text pattern) {
            return Format.percent(pattern, right instanceof Tuple t ? t : List.of(right), budget);
        } else if (right instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        } else if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.apply(operator, left, right);
        } else if (operator.equals("+")) {
            return plus(left, right, budget);
        } else if (operator.equals("*")) {
            if (Numbers.isInteger(right)) {
                return repeat(left, Numbers.asLong(right), budget);
            } else if (Numbers.isInteger(left)) {
                return repeat(right, Numbers.asLong(left), budget);
            }
        }
        throw unsupported(operator, left, right);
    }

    private static Object plus(Object left, Object right, Budget budget) {
        if (left instanceof Text a) {
            if (!(right instanceof Text b)) {
                throw new ValueException(
                        "can only concatenate str (not \"" + Values.typeName(right) + "\") to str");
            }
            budget.text((long) a.length() + b.length());
            return a.plus(b);
        } else if (left instanceof List<?> a) {
            if (!(right instanceof List<?> b) || left instanceof Tuple != right instanceof Tuple) {
                String type = Values.typeName(left);
                throw new ValueException(
                        "can only concatenate " + type + " (not \"" + Values.typeName(right) + "\") to " + type);
            }
            budget.list((long) a.size() + b.size());
            List<Object> both = new ArrayList<>(a);
            both.addAll(b);
            return left instanceof Tuple ? new Tuple(both) : both;
        }
        throw unsupported("+", left, right);
    }

    private static Object repeat(Object value, long times, Budget budget) {
        long count = Math.max(0, times);
        if (value instanceof Text text) {
            budget.text(text.length() == 0 ? 0 : Math.multiplyExact(Math.min(count, Integer.MAX_VALUE), text.length()));
            Text.Builder out = new Text.Builder();
            for (long i = 0; text.length() > 0 && i < count; i++) {
                out.append(text);
            }
            return out.build();
        } else if (value instanceof List<?> list) {
            budget.list(list.isEmpty() ? 0 : Math.multiplyExact(Math.min(count, Integer.MAX_VALUE), list.size()));
            List<Object> out = new ArrayList<>();
            for (long i = 0; !list.isEmpty() && i < count; i++) {
                out.addAll(list);
            }
            return value instanceof Tuple ? new Tuple(out) : out;
        }
        throw unsupported("*", value, times);
    }

    private static ValueException unsupported(String operator, Object left, Object right) {
        return new ValueException("unsupported operand type(s) for " + operator + ": '" + Values.typeName(left)
                + "' and '" + Values.typeName(right) + "'");
    }

    static boolean compare(String operator, Object left, Object right, Budget budget) {
        return switch (operator) {
            case "==" -> Values.equal(left, right, budget);
            case "!=" -> !Values.equal(left, right, budget);
            case "in" -> Values.contains(right, left, budget);
            case "not in" -> !Values.contains(right, left, budget);
            case "<" -> Values.compare(operator, left, right, budget) < 0;
            case "<=" -> Values.compare(operator, left, right, budget) <= 0;
            case ">" -> Values.compare(operator, left, right, budget) > 0;
            default -> Values.compare(operator, left, right, budget) >= 0;
        };
    }
}
