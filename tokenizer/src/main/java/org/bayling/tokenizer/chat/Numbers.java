package org.bayling.tokenizer.chat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's arithmetic on whole numbers and floats. */
final class Numbers {
    private Numbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Boolean;
    }

    static long asLong(Object value) {
        return value instanceof Boolean b ? (b ? 1 : 0) : (Long) value;
    }

    static double asDouble(Object value) {
        return value instanceof Double d ? d : asLong(value);
    }

    static Object apply(String operator, Object left, Object right) {
        try {
            return isInteger(left) && isInteger(right)
                    ? integers(operator, asLong(left), asLong(right))
                    : floats(operator, asDouble(left), asDouble(right));
        } catch (ArithmeticException e) {
            throw new ValueException("the result of " + operator + " is too large");
        }
    }

    private static Object integers(String operator, long a, long b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new ValueException(operator.equals("/") ? "division by zero" : "integer division or modulo by zero");
        }
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "/" -> (double) a / b;
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            case "**" -> power(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static Object power(long a, long b) {
        if (b < 0) {
            return Math.pow(a, b);
        }
        if (a == 0 || a == 1 || a == -1) {
            return b == 0 ? 1L : a == -1 && b % 2 == 0 ? 1L : a;
        }
        long result = 1;
        for (long i = 0; i < b; i++) {
            result = Math.multiplyExact(result, a);
        }
        return result;
    }

    private static Object floats(String operator, double a, double b) {
        if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new ValueException("float division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> {
                double rest = a % b;
                yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
            }
            case "**" -> Math.pow(a, b);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** The shortest decimal that reads back as the same float, written as Python does. */
    static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
            String power = String.format("%02d", Math.abs(exponent));
            return sign + digits.charAt(0) + rest + "e" + (exponent < 0 ? "-" : "+") + power;
        }
        String plain = shortest.abs().toPlainString();
        return sign + plain + (plain.contains(".") ? "" : ".0");
    }
}
