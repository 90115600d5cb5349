package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The statements of a template. */
final class TemplateParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int loops;

    private TemplateParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    static List<Node> parse(String source) {
        TemplateParser parser = new TemplateParser(new TokenStream(Lexer.tokens(source)));
        List<Node> body = parser.body();
        if (parser.tokens.current().kind() != Token.Kind.END) {
            throw parser.tokens.error("Encountered unknown tag '" + parser.tokens.ahead().text() + "'.");
        }
        return body;
    }

    /** Statements up to the end or a tag with one of the given names, whose name is then the current token. */
    private List<Node> body(String... ends) {
        tokens.enter();
        List<Node> nodes = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case DATA -> nodes.add(new Node.Data(Text.template(tokens.next().text())));
                case VARIABLE_BEGIN -> {
                    tokens.next();
                    nodes.add(new Node.Print(expressions.tuple(true)));
                    tokens.expect(Token.Kind.VARIABLE_END, "end of print statement");
                }
                case BLOCK_BEGIN -> {
                    if (Arrays.asList(ends).contains(tokens.ahead().text())) {
                        tokens.next();
                        tokens.leave();
                        return List.copyOf(nodes);
                    }
                    if (ends.length == 0 && tokens.ahead().text().startsWith("end")) {
                        tokens.leave();
                        return List.copyOf(nodes);
                    }
                    tokens.next();
                    nodes.add(statement(token.line()));
                }
                default -> {
                    if (ends.length > 0) {
                        throw tokens.error("Unexpected end of template. Jinja was looking for the following tags: '"
                                + String.join("' or '", ends) + "'");
                    }
                    tokens.leave();
                    return List.copyOf(nodes);
                }
            }
        }
    }

    private Node statement(int line) {
        Token name = tokens.expect(Token.Kind.NAME, "name");
        switch (name.text()) {
            case "if":
                return ifStatement();
            case "for":
                return forStatement(line);
            case "set":
                return setStatement(line);
            case "macro":
                return macro(line);
            case "call":
                return callBlock(line);
            case "filter":
                List<Expr.Filter> filters = new ArrayList<>();
                do {
                    filters.add(expressions.filter(null));
                } while (tokens.skipOperator("|"));
                endTag();
                return new Node.FilterBlock(List.copyOf(filters), closedBody("endfilter"), line);
            case "with":
                return with(line);
            case "do":
                Expr value = expressions.tuple(true);
                endTag();
                return new Node.Do(value);
            case "generation":
                endTag();
                return new Node.Generation(closedBody("endgeneration"));
            case "break", "continue":
                if (loops == 0) {
                    throw new TemplateException(name.text() + " outside of a loop", line);
                }
                endTag();
                return name.text().equals("break") ? new Node.Break() : new Node.Continue();
            case "include", "import", "from", "extends", "block", "autoescape", "trans":
                throw new TemplateException("the tag '" + name.text() + "' has no meaning in a chat template", line);
            default:
                throw new TemplateException("Encountered unknown tag '" + name.text() + "'.", line);
        }
    }

    private Node ifStatement() {
        List<Node.Branch> branches = new ArrayList<>();
        List<Node> otherwise = List.of();
        while (true) {
            Expr condition = expressions.tuple(false);
            endTag();
            branches.add(new Node.Branch(condition, body("elif", "else", "endif")));
            Token end = tokens.next();
            if (end.isName("elif")) {
                continue;
            }
            endTag();
            if (end.isName("else")) {
                otherwise = closedBody("endif");
            }
            return new Node.If(List.copyOf(branches), otherwise);
        }
    }

    private Node forStatement(int line) {
        Expr target = expressions.assignmentTarget();
        if (!tokens.skipName("in")) {
            throw tokens.error("expected token 'in', got " + tokens.current().shown());
        }
        Expr items = expressions.tuple(false);
        Expr filter = tokens.skipName("if") ? expressions.expression(true) : null;
        if (tokens.current().isName("recursive")) {
            throw tokens.error("recursive loops are not part of the templates that are read here; use a macro");
        }
        endTag();
        loops++;
        List<Node> body = body("else", "endfor");
        loops--;
        List<Node> otherwise = List.of();
        if (tokens.next().isName("else")) {
            endTag();
            otherwise = closedBody("endfor");
        } else {
            endTag();
        }
        return new Node.For(target, items, filter, body, otherwise, line);
    }

    private Node setStatement(int line) {
        Expr target = expressions.assignmentTarget();
        if (tokens.skipOperator("=")) {
            Expr value = expressions.tuple(true);
            endTag();
            return new Node.Set(target, value, line);
        }
        List<Expr.Filter> filters = new ArrayList<>();
        while (tokens.skipOperator("|")) {
            filters.add(expressions.filter(null));
        }
        endTag();
        return new Node.SetBlock(target, List.copyOf(filters), closedBody("endset"), line);
    }

    private Node macro(int line) {
        String name = tokens.expect(Token.Kind.NAME, "name").text();
        List<Node.Parameter> parameters = parameters();
        endTag();
        return new Node.Macro(name, parameters, outsideOfLoops("endmacro"), line);
    }

    private Node callBlock(int line) {
        List<Node.Parameter> parameters = tokens.current().isOperator("(") ? parameters() : List.of();
        Expr call = expressions.expression(true);
        if (!(call instanceof Expr.Call target)) {
            throw tokens.error("expected call");
        }
        endTag();
        return new Node.CallBlock(target, parameters, outsideOfLoops("endcall"), line);
    }

    private List<Node> outsideOfLoops(String end) {
        int around = loops;
        loops = 0;
        List<Node> body = closedBody(end);
        loops = around;
        return body;
    }

    private List<Node.Parameter> parameters() {
        tokens.expectOperator("(");
        List<Node.Parameter> parameters = new ArrayList<>();
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            String name = tokens.expect(Token.Kind.NAME, "name").text();
            Expr otherwise = tokens.skipOperator("=") ? expressions.expression(true) : null;
            parameters.add(new Node.Parameter(name, otherwise));
        }
        return List.copyOf(parameters);
    }

    private Node with(int line) {
        List<Node.Set> values = new ArrayList<>();
        while (tokens.current().kind() != Token.Kind.BLOCK_END) {
            if (!values.isEmpty()) {
                tokens.expectOperator(",");
            }
            String name = tokens.expect(Token.Kind.NAME, "name").text();
            tokens.expectOperator("=");
            values.add(new Node.Set(new Expr.Name(name, line), expressions.expression(true), line));
        }
        endTag();
        return new Node.With(List.copyOf(values), closedBody("endwith"));
    }

    private List<Node> closedBody(String end) {
        List<Node> body = body(end);
        tokens.next();
        endTag();
        return body;
    }

    private void endTag() {
        tokens.expect(Token.Kind.BLOCK_END, "end of statement block");
    }
}
