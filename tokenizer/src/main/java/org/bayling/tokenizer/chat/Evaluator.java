package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates expressions in a scope. */
final class Evaluator {
    private final Budget budget;
    private final Filters filters;

    Evaluator(Budget budget) {
        this.budget = budget;
        this.filters = new Filters(budget);
    }

    Object evaluate(Expr expr, Scope scope) {
        try {
            budget.step();
            return value(expr, scope);
        } catch (ValueException e) {
            // The innermost expression that failed names the line.
            throw new TemplateException(e.getMessage(), expr.line());
        }
    }

    private Object value(Expr expr, Scope scope) {
        if (expr instanceof Expr.Literal e) {
            return e.value();
        } else if (expr instanceof Expr.Name e) {
            Object value = scope.get(e.name());
            return value == null ? Undefined.name(e.name()) : value;
        } else if (expr instanceof Expr.Attribute e) {
            return Access.attribute(evaluate(e.target(), scope), e.name(), budget);
        } else if (expr instanceof Expr.Subscript e) {
            return Access.element(evaluate(e.target(), scope), evaluate(e.index(), scope), budget);
        } else if (expr instanceof Expr.Slice e) {
            Object target = evaluate(e.target(), scope);
            return Access.slice(target, bound(e.from(), scope), bound(e.to(), scope), bound(e.step(), scope), budget);
        } else if (expr instanceof Expr.Filter e) {
            return filter(e, evaluate(e.target(), scope), scope);
        } else if (expr instanceof Expr.Test e) {
            Object tested = evaluate(e.target(), scope);
            return Tests.test(e.name(), tested, positional(e.arguments(), scope), budget);
        } else if (expr instanceof Expr.Call e) {
            return call(e, scope);
        } else if (expr instanceof Expr.Conditional e) {
            if (Values.truth(evaluate(e.test(), scope))) {
                return evaluate(e.then(), scope);
            }
            return e.otherwise() != null
                    ? evaluate(e.otherwise(), scope)
                    : new Undefined("the inline if-expression on line " + e.line()
                            + " evaluated to false and no else section was defined.");
        } else if (expr instanceof Expr.And e) {
            Object left = evaluate(e.left(), scope);
            return Values.truth(left) ? evaluate(e.right(), scope) : left;
        } else if (expr instanceof Expr.Or e) {
            Object left = evaluate(e.left(), scope);
            return Values.truth(left) ? left : evaluate(e.right(), scope);
        }
        return computed(expr, scope);
    }

    private Object computed(Expr expr, Scope scope) {
        if (expr instanceof Expr.Binary e) {
            return Operators.binary(e.operator(), evaluate(e.left(), scope), evaluate(e.right(), scope), budget);
        } else if (expr instanceof Expr.Concat e) {
            List<Object> parts = new ArrayList<>();
            e.parts().forEach(part -> parts.add(evaluate(part, scope)));
            return StringMethods.join(parts, Text.EMPTY, false, budget);
        } else if (expr instanceof Expr.Compare e) {
            return compare(e, scope);
        } else if (expr instanceof Expr.Unary e) {
            return unary(e.operator(), evaluate(e.operand(), scope));
        } else if (expr instanceof Expr.ListOf e) {
            List<Object> items = new ArrayList<>();
            e.items().forEach(item -> items.add(evaluate(item, scope)));
            return e.tuple() ? new Tuple(items) : items;
        } else if (expr instanceof Expr.DictOf e) {
            Map<Object, Object> map = new LinkedHashMap<>();
            e.pairs().forEach(p -> map.put(Values.key(evaluate(p.key(), scope)), evaluate(p.value(), scope)));
            return map;
        }
        throw new IllegalStateException("unknown expression " + expr);
    }

    private Object compare(Expr.Compare e, Scope scope) {
        Object left = evaluate(e.first(), scope);
        for (Expr.Comparison comparison : e.rest()) {
            Object right = evaluate(comparison.right(), scope);
            if (!Operators.compare(comparison.operator(), left, right, budget)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static Object unary(String operator, Object operand) {
        if (operator.equals("not")) {
            return !Values.truth(operand);
        } else if (operand instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        } else if (Numbers.isNumber(operand)) {
            if (operand instanceof Double d) {
                return operator.equals("-") ? -d : d;
            }
            return operator.equals("-") ? Numbers.apply("-", 0L, operand) : (Object) Numbers.asLong(operand);
        }
        throw new ValueException("bad operand type for unary " + operator + ": '" + Values.typeName(operand) + "'");
    }

    /** Applies a filter to a value that is there already. */
    Object filter(Expr.Filter filter, Object value, Scope scope) {
        try {
            budget.step();
            return filters.apply(
                    filter.name(), value, positional(filter.arguments(), scope), named(filter.arguments(), scope));
        } catch (ValueException e) {
            throw new TemplateException(e.getMessage(), filter.line());
        }
    }

    private Object call(Expr.Call call, Scope scope) {
        Object target = evaluate(call.target(), scope);
        List<Object> positional = positional(call.arguments(), scope);
        Map<String, Object> named = named(call.arguments(), scope);
        if (target instanceof Callable function) {
            try {
                return function.call(positional, named);
            } catch (Globals.RaisedException e) {
                throw TemplateException.raised(e.getMessage(), call.line());
            }
        } else if (target instanceof Undefined undefined) {
            throw Values.undefined(undefined);
        }
        throw new ValueException("'" + Values.typeName(target) + "' object is not callable");
    }

    List<Object> positional(Expr.Arguments arguments, Scope scope) {
        if (arguments.positional().isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        arguments.positional().forEach(argument -> values.add(evaluate(argument, scope)));
        return values;
    }

    Map<String, Object> named(Expr.Arguments arguments, Scope scope) {
        if (arguments.named().isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        arguments.named().forEach((name, argument) -> values.put(name, evaluate(argument, scope)));
        return values;
    }

    private Object bound(Expr expr, Scope scope) {
        return expr == null ? None.NONE : evaluate(expr, scope);
    }
}
