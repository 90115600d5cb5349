package org.bayling.tokenizer.chat;

import java.util.List;
import java.util.Map;

/** An expression of a template; each knows its line. */
sealed interface Expr {
    int line();

    record Literal(Object value, int line) implements Expr {}

    record Name(String name, int line) implements Expr {}

    record ListOf(List<Expr> items, boolean tuple, int line) implements Expr {}

    record Pair(Expr key, Expr value) {}

    record DictOf(List<Pair> pairs, int line) implements Expr {}

    record Attribute(Expr target, String name, int line) implements Expr {}

    record Subscript(Expr target, Expr index, int line) implements Expr {}

    /** Bounds that are not written are null. */
    record Slice(Expr target, Expr from, Expr to, Expr step, int line) implements Expr {}

    record Arguments(List<Expr> positional, Map<String, Expr> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }

    record Call(Expr target, Arguments arguments, int line) implements Expr {}

    /** The target is null in a filter block, which filters its body. */
    record Filter(Expr target, String name, Arguments arguments, int line) implements Expr {}

    record Test(Expr target, String name, Arguments arguments, int line) implements Expr {}

    record Unary(String operator, Expr operand, int line) implements Expr {}

    record Binary(String operator, Expr left, Expr right, int line) implements Expr {}

    record Concat(List<Expr> parts, int line) implements Expr {}

    record Comparison(String operator, Expr right) {}

    record Compare(Expr first, List<Comparison> rest, int line) implements Expr {}

    record And(Expr left, Expr right, int line) implements Expr {}

    record Or(Expr left, Expr right, int line) implements Expr {}

    /** {@code then if test else otherwise}; without else the last is null. */
    record Conditional(Expr test, Expr then, Expr otherwise, int line) implements Expr {}
}
