package org.bayling.tokenizer.chat;

import java.util.List;

/** A statement of a template. */
sealed interface Node {
    record Data(Text text) implements Node {}

    record Print(Expr value) implements Node {}

    record Branch(Expr condition, List<Node> body) {}

    record If(List<Branch> branches, List<Node> otherwise) implements Node {}

    /** The filter is null where there is none. */
    record For(Expr target, Expr items, Expr filter, List<Node> body, List<Node> otherwise, int line)
            implements Node {}

    record Set(Expr target, Expr value, int line) implements Node {}

    /** A set block; filters, if any, stand around a null target. */
    record SetBlock(Expr target, List<Expr.Filter> filters, List<Node> body, int line) implements Node {}

    record Parameter(String name, Expr otherwise) {}

    record Macro(String name, List<Parameter> parameters, List<Node> body, int line) implements Node {}

    record CallBlock(Expr.Call call, List<Parameter> parameters, List<Node> body, int line) implements Node {}

    record FilterBlock(List<Expr.Filter> filters, List<Node> body, int line) implements Node {}

    record With(List<Set> values, List<Node> body) implements Node {}

    record Do(Expr value) implements Node {}

    record Generation(List<Node> body) implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}
}
