package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the statements of a template. For one rendering. */
final class Interpreter {
    /** How the statements of a loop body ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final Budget budget;
    private final Evaluator evaluator;
    private final List<RenderedText.Range> generations = new ArrayList<>();
    private Text.Builder out = new Text.Builder();
    private int captures;
    private int loops;

    Interpreter(Budget budget) {
        this.budget = budget;
        this.evaluator = new Evaluator(budget);
    }

    RenderedText run(List<Node> body, Scope scope) {
        execute(body, scope);
        return new RenderedText(out.build(), List.copyOf(generations));
    }

    private Flow execute(List<Node> body, Scope scope) {
        for (Node node : body) {
            Flow flow = execute(node, scope);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow execute(Node node, Scope scope) {
        budget.step();
        if (node instanceof Node.Data n) {
            print(n.text());
        } else if (node instanceof Node.Print n) {
            print(str(n.value(), scope));
        } else if (node instanceof Node.If n) {
            for (Node.Branch branch : n.branches()) {
                if (Values.truth(evaluator.evaluate(branch.condition(), scope))) {
                    return execute(branch.body(), scope);
                }
            }
            return execute(n.otherwise(), scope);
        } else if (node instanceof Node.For n) {
            loop(n, scope);
        } else if (node instanceof Node.Break) {
            return Flow.BREAK;
        } else if (node instanceof Node.Continue) {
            return Flow.CONTINUE;
        } else if (node instanceof Node.Generation n) {
            int start = out.length();
            Flow flow = execute(n.body(), scope);
            if (captures == 0) {
                generations.add(new RenderedText.Range(start, out.length()));
            }
            return flow;
        } else if (node instanceof Node.With n) {
            Scope inner = new Scope(scope);
            n.values().forEach(set -> assign(set.target(), evaluator.evaluate(set.value(), scope), inner, set.line()));
            return execute(n.body(), inner);
        } else {
            define(node, scope);
        }
        return Flow.ON;
    }

    private void define(Node node, Scope scope) {
        if (node instanceof Node.Set n) {
            assign(n.target(), evaluator.evaluate(n.value(), scope), scope, n.line());
        } else if (node instanceof Node.SetBlock n) {
            Object value = filtered(n.filters(), captured(n.body(), new Scope(scope)), scope);
            assign(n.target(), value, scope, n.line());
        } else if (node instanceof Node.FilterBlock n) {
            Object value = filtered(n.filters(), captured(n.body(), new Scope(scope)), scope);
            print(Values.str(value, budget));
        } else if (node instanceof Node.Macro n) {
            scope.set(n.name(), macro(n.name(), n.parameters(), n.body(), scope, n.line()));
        } else if (node instanceof Node.CallBlock n) {
            Scope inner = new Scope(scope);
            inner.set("caller", macro("caller", n.parameters(), n.body(), scope, n.line()));
            print(str(withCaller(n.call()), inner));
        } else if (node instanceof Node.Do n) {
            evaluator.evaluate(n.value(), scope);
        } else {
            throw new IllegalStateException("unknown statement " + node);
        }
    }

    /** The call of a call block hands its body on under the name {@code caller}. */
    private static Expr withCaller(Expr.Call call) {
        Map<String, Expr> named = new LinkedHashMap<>(call.arguments().named());
        named.put("caller", new Expr.Name("caller", call.line()));
        Expr.Arguments arguments = new Expr.Arguments(call.arguments().positional(), named);
        return new Expr.Call(call.target(), arguments, call.line());
    }

    private void loop(Node.For n, Scope scope) {
        List<Object> items = located(
                n.line(), () -> Values.elements(evaluator.evaluate(n.items(), scope), budget));
        if (n.filter() != null) {
            List<Object> kept = new ArrayList<>();
            for (Object item : items) {
                Scope inner = new Scope(scope);
                assign(n.target(), item, inner, n.line());
                if (Values.truth(evaluator.evaluate(n.filter(), inner))) {
                    kept.add(item);
                }
            }
            items = kept;
        }
        if (items.isEmpty()) {
            execute(n.otherwise(), new Scope(scope));
            return;
        }
        LoopValue loop = new LoopValue(items, loops++, budget);
        for (Object item : items) {
            budget.step();
            loop.advance();
            Scope inner = new Scope(scope);
            inner.set("loop", loop);
            assign(n.target(), item, inner, n.line());
            if (execute(n.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        loops--;
    }

    private void assign(Expr target, Object value, Scope scope, int line) {
        if (target instanceof Expr.Name name) {
            scope.set(name.name(), value);
        } else if (target instanceof Expr.Attribute attribute) {
            if (!(evaluator.evaluate(attribute.target(), scope) instanceof NamespaceValue namespace)) {
                throw new TemplateException("cannot assign attribute on non-namespace object", line);
            }
            namespace.attributes.put(attribute.name(), value);
        } else if (target instanceof Expr.ListOf names) {
            if (!Tests.test("iterable", value, List.of(), budget)) {
                String type = Values.typeName(value);
                throw new TemplateException("cannot unpack non-iterable " + type + " object", line);
            }
            List<Object> values = located(line, () -> Values.elements(value, budget));
            if (values.size() != names.items().size()) {
                String few = values.size() < names.items().size() ? "not enough" : "too many";
                throw new TemplateException(
                        few + " values to unpack (expected " + names.items().size() + ", got " + values.size() + ")",
                        line);
            }
            for (int i = 0; i < values.size(); i++) {
                assign(names.items().get(i), values.get(i), scope, line);
            }
        }
    }

    private Callable macro(String name, List<Node.Parameter> parameters, List<Node> body, Scope around, int line) {
        return (positional, named) -> {
            Scope inner = new Scope(around);
            Map<String, Object> open = new LinkedHashMap<>(named);
            for (int i = 0; i < parameters.size(); i++) {
                Node.Parameter parameter = parameters.get(i);
                Object value = i < positional.size() ? positional.get(i) : open.remove(parameter.name());
                if (value == null) {
                    value = parameter.otherwise() == null
                            ? new Undefined("parameter " + Values.repr(parameter.name()) + " was not provided")
                            : evaluator.evaluate(parameter.otherwise(), inner);
                }
                inner.set(parameter.name(), value);
            }
            Object caller = open.remove("caller");
            if (caller != null) {
                inner.set("caller", caller);
            }
            if (positional.size() > parameters.size()) {
                throw new ValueException("macro " + Values.repr(name) + " takes not more than " + parameters.size()
                        + " argument(s)");
            }
            if (!open.isEmpty()) {
                throw new ValueException("macro " + Values.repr(name) + " takes no keyword argument "
                        + Values.repr(open.keySet().iterator().next()));
            }
            budget.enter();
            int outerLoops = loops;
            loops = 0;
            Text text = captured(body, inner);
            loops = outerLoops;
            budget.leave();
            return text;
        };
    }

    private Text captured(List<Node> body, Scope scope) {
        Text.Builder outer = out;
        out = new Text.Builder();
        captures++;
        execute(body, scope);
        captures--;
        Text text = out.build();
        out = outer;
        return text;
    }

    private Object filtered(List<Expr.Filter> filters, Object value, Scope scope) {
        Object result = value;
        for (Expr.Filter filter : filters) {
            result = evaluator.filter(filter, result, scope);
        }
        return result;
    }

    private Text str(Expr expr, Scope scope) {
        Object value = evaluator.evaluate(expr, scope);
        return located(expr.line(), () -> Values.str(value, budget));
    }

    private void print(Text text) {
        budget.text(text.length());
        out.append(text);
        if (out.length() > Budget.MAX_TEXT) {
            budget.text(out.length());
        }
    }

    private static <T> T located(int line, Supplier<T> action) {
        try {
            return action.get();
        } catch (ValueException e) {
            throw new TemplateException(e.getMessage(), line);
        }
    }
}
