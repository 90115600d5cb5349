package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jinja2's expression grammar, weakest binding first. */
final class ExpressionParser {
    private static final int MAX_CHAIN = 1000;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    /** Words that cannot be the bare argument of a test. */
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "if", "in", "not", "is");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    Expr expression(boolean withConditional) {
        tokens.enter();
        Expr result = withConditional ? conditional() : or();
        tokens.leave();
        return result;
    }

    /** Expressions with commas between them are a tuple. */
    Expr tuple(boolean withConditional) {
        int line = tokens.current().line();
        Expr first = expression(withConditional);
        if (!tokens.current().isOperator(",")) {
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            if (endsTuple()) {
                break;
            }
            items.add(expression(withConditional));
        }
        return new Expr.ListOf(List.copyOf(items), true, line);
    }

    private boolean endsTuple() {
        Token token = tokens.current();
        return token.kind() == Token.Kind.BLOCK_END
                || token.kind() == Token.Kind.VARIABLE_END
                || token.isOperator(")")
                || token.isOperator("=");
    }

    /** One or several names, or {@code namespace.name}. */
    Expr assignmentTarget() {
        int line = tokens.current().line();
        List<Expr> names = new ArrayList<>();
        boolean parentheses = tokens.skipOperator("(");
        do {
            Token name = tokens.expect(Token.Kind.NAME, "name");
            if (tokens.skipOperator(".")) {
                Token attribute = tokens.expect(Token.Kind.NAME, "name");
                names.add(new Expr.Attribute(new Expr.Name(name.text(), line), attribute.text(), line));
            } else {
                names.add(new Expr.Name(name.text(), line));
            }
        } while (tokens.skipOperator(","));
        if (parentheses) {
            tokens.expectOperator(")");
        }
        return names.size() == 1 ? names.get(0) : new Expr.ListOf(List.copyOf(names), true, line);
    }

    private Expr conditional() {
        int line = tokens.current().line();
        Expr result = or();
        for (int i = 0; tokens.skipName("if"); i++) {
            chain(i);
            Expr test = or();
            Expr otherwise = tokens.skipName("else") ? expression(true) : null;
            result = new Expr.Conditional(test, result, otherwise, line);
        }
        return result;
    }

    private Expr or() {
        int line = tokens.current().line();
        Expr left = and();
        for (int i = 0; tokens.skipName("or"); i++) {
            chain(i);
            left = new Expr.Or(left, and(), line);
        }
        return left;
    }

    private Expr and() {
        int line = tokens.current().line();
        Expr left = not();
        for (int i = 0; tokens.skipName("and"); i++) {
            chain(i);
            left = new Expr.And(left, not(), line);
        }
        return left;
    }

    private Expr not() {
        Token token = tokens.current();
        if (!tokens.skipName("not")) {
            return compare();
        }
        tokens.enter();
        Expr operand = not();
        tokens.leave();
        return new Expr.Unary("not", operand, token.line());
    }

    private Expr compare() {
        int line = tokens.current().line();
        Expr first = sum();
        List<Expr.Comparison> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                rest.add(new Expr.Comparison(token.text(), sum()));
            } else if (tokens.skipName("in")) {
                rest.add(new Expr.Comparison("in", sum()));
            } else if (token.isName("not") && tokens.ahead().isName("in")) {
                tokens.next();
                tokens.next();
                rest.add(new Expr.Comparison("not in", sum()));
            } else {
                return rest.isEmpty() ? first : new Expr.Compare(first, List.copyOf(rest), line);
            }
        }
    }

    private Expr sum() {
        Expr left = concat();
        for (int i = 0; tokens.current().isOperator("+") || tokens.current().isOperator("-"); i++) {
            chain(i);
            Token operator = tokens.next();
            left = new Expr.Binary(operator.text(), left, concat(), operator.line());
        }
        return left;
    }

    private Expr concat() {
        int line = tokens.current().line();
        Expr first = product();
        if (!tokens.current().isOperator("~")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Expr.Concat(List.copyOf(parts), line);
    }

    private Expr product() {
        Expr left = power();
        for (int i = 0; isProduct(tokens.current()); i++) {
            chain(i);
            Token operator = tokens.next();
            left = new Expr.Binary(operator.text(), left, power(), operator.line());
        }
        return left;
    }

    private static boolean isProduct(Token token) {
        return token.isOperator("*") || token.isOperator("/") || token.isOperator("//") || token.isOperator("%");
    }

    private Expr power() {
        Expr left = unary(true);
        for (int i = 0; tokens.current().isOperator("**"); i++) {
            chain(i);
            Token operator = tokens.next();
            left = new Expr.Binary("**", left, unary(true), operator.line());
        }
        return left;
    }

    private Expr unary(boolean withFilter) {
        Token token = tokens.current();
        Expr result;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.next();
            tokens.enter();
            result = new Expr.Unary(token.text(), unary(false), token.line());
            tokens.leave();
        } else {
            result = primary();
        }
        result = postfix(result);
        return withFilter ? filters(result) : result;
    }

    private Expr postfix(Expr target) {
        Expr result = target;
        for (int i = 0; ; i++) {
            chain(i);
            Token token = tokens.current();
            if (token.isOperator(".")) {
                tokens.next();
                Token name = tokens.next();
                if (name.kind() == Token.Kind.INTEGER) {
                    Expr index = new Expr.Literal(integer(name), name.line());
                    result = new Expr.Subscript(result, index, name.line());
                } else if (name.kind() == Token.Kind.NAME) {
                    result = new Expr.Attribute(result, name.text(), name.line());
                } else {
                    throw new TemplateException("expected name or number", name.line());
                }
            } else if (token.isOperator("[")) {
                result = subscript(result);
            } else if (token.isOperator("(")) {
                result = new Expr.Call(result, arguments(), token.line());
            } else {
                return result;
            }
        }
    }

    private Expr filters(Expr target) {
        Expr result = target;
        for (int i = 0; ; i++) {
            chain(i);
            Token token = tokens.current();
            if (token.isOperator("|")) {
                tokens.next();
                result = filter(result);
            } else if (token.isName("is")) {
                result = test(result);
            } else if (token.isOperator("(")) {
                result = new Expr.Call(result, arguments(), token.line());
            } else {
                return result;
            }
        }
    }

    /** A filter's name and arguments, the bar before it read already. */
    Expr.Filter filter(Expr target) {
        Token name = tokens.expect(Token.Kind.NAME, "name");
        Expr.Arguments arguments = tokens.current().isOperator("(") ? arguments() : Expr.Arguments.NONE;
        return new Expr.Filter(target, name.text(), arguments, name.line());
    }

    private Expr test(Expr target) {
        int line = tokens.next().line();
        boolean negated = tokens.skipName("not");
        Token name = tokens.expect(Token.Kind.NAME, "name");
        Expr.Arguments arguments = Expr.Arguments.NONE;
        Token token = tokens.current();
        if (token.isOperator("(")) {
            arguments = arguments();
        } else if (startsArgument(token)) {
            arguments = new Expr.Arguments(List.of(postfix(primary())), Map.of());
        }
        Expr test = new Expr.Test(target, name.text(), arguments, line);
        return negated ? new Expr.Unary("not", test, line) : test;
    }

    private static boolean startsArgument(Token token) {
        return switch (token.kind()) {
            case NAME -> !NO_ARGUMENT.contains(token.text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }

    private Expr subscript(Expr target) {
        int line = tokens.expectOperator("[").line();
        Expr from = tokens.current().isOperator(":") ? null : tuple(true);
        if (tokens.skipOperator("]")) {
            return new Expr.Subscript(target, from, line);
        }
        tokens.expectOperator(":");
        Expr to = tokens.current().isOperator(":") || tokens.current().isOperator("]") ? null : expression(true);
        Expr step = null;
        if (tokens.skipOperator(":") && !tokens.current().isOperator("]")) {
            step = expression(true);
        }
        tokens.expectOperator("]");
        return new Expr.Slice(target, from, to, step, line);
    }

    Expr.Arguments arguments() {
        tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (!positional.isEmpty() || !named.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            if (tokens.current().kind() == Token.Kind.NAME && tokens.ahead().isOperator("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expression(true));
            } else if (!named.isEmpty()) {
                throw tokens.error("invalid syntax for function call expression");
            } else {
                positional.add(expression(true));
            }
        }
        return new Expr.Arguments(List.copyOf(positional), named);
    }

    private Expr primary() {
        Token token = tokens.next();
        int line = token.line();
        switch (token.kind()) {
            case NAME:
                return switch (token.text()) {
                    case "true", "True" -> new Expr.Literal(true, line);
                    case "false", "False" -> new Expr.Literal(false, line);
                    case "none", "None" -> new Expr.Literal(None.NONE, line);
                    default -> new Expr.Name(token.text(), line);
                };
            case STRING:
                StringBuilder text = new StringBuilder(token.text());
                while (tokens.current().kind() == Token.Kind.STRING) {
                    text.append(tokens.next().text());
                }
                return new Expr.Literal(Text.template(text.toString()), line);
            case INTEGER:
                return new Expr.Literal(integer(token), line);
            case FLOAT:
                return new Expr.Literal(Double.parseDouble(token.text()), line);
            case OPERATOR:
                if (token.text().equals("(")) {
                    return parenthesis(line);
                } else if (token.text().equals("[")) {
                    return list(line);
                } else if (token.text().equals("{")) {
                    return dict(line);
                }
                break;
            default:
                break;
        }
        throw new TemplateException("unexpected " + token.shown(), line);
    }

    private Expr parenthesis(int line) {
        if (tokens.skipOperator(")")) {
            return new Expr.ListOf(List.of(), true, line);
        }
        Expr inner = tuple(true);
        tokens.expectOperator(")");
        return inner;
    }

    private Expr list(int line) {
        List<Expr> items = new ArrayList<>();
        while (!tokens.skipOperator("]")) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("]")) {
                    break;
                }
            }
            items.add(expression(true));
        }
        return new Expr.ListOf(List.copyOf(items), false, line);
    }

    private Expr dict(int line) {
        List<Expr.Pair> pairs = new ArrayList<>();
        while (!tokens.skipOperator("}")) {
            if (!pairs.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator("}")) {
                    break;
                }
            }
            Expr key = expression(true);
            tokens.expectOperator(":");
            pairs.add(new Expr.Pair(key, expression(true)));
        }
        return new Expr.DictOf(List.copyOf(pairs), line);
    }

    private static Object integer(Token token) {
        try {
            return Long.parseLong(token.text());
        } catch (NumberFormatException e) {
            throw new TemplateException("the number " + token.text() + " is too large", token.line());
        }
    }

    private void chain(int length) {
        if (length > MAX_CHAIN) {
            throw tokens.error("an expression has more than " + MAX_CHAIN + " links");
        }
    }
}
