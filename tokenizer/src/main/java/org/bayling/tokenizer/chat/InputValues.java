package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a conversation into the values that a template sees, each string marked with the message it is from. */
final class InputValues {
    /** Roles that a template may join with its own text into a control token, such as the one for a user's turn. */
    private static final Set<String> KNOWN_ROLES = Set.of(
            "system", "user", "assistant", "tool", "developer", "function", "ipython", "observation", "model", "bot");

    private InputValues() {}

    static void define(Scope scope, ChatInput input) {
        input.chat().variables().forEach((name, value) -> scope.set(name, value(value, Text.DATA, name)));
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < input.chat().messages().size(); i++) {
            messages.add(message(input.chat().messages().get(i), i));
        }
        scope.set("messages", messages);
        List<Object> tools = input.chat().tools();
        scope.set("tools", tools.isEmpty() ? None.NONE : value(tools, Text.DATA, "tools"));
        if (scope.get("documents") == null) {
            scope.set("documents", None.NONE);
        }
        scope.set("add_generation_prompt", input.addGenerationPrompt());
        input.bosToken().ifPresent(token -> scope.set("bos_token", Text.template(token)));
        input.eosToken().ifPresent(token -> scope.set("eos_token", Text.template(token)));
    }

    private static Map<Object, Object> message(Message message, int index) {
        Map<Object, Object> map = new LinkedHashMap<>();
        String role = message.role();
        map.put(Text.template("role"), Text.of(role, KNOWN_ROLES.contains(role) ? Text.TEMPLATE : Text.DATA));
        map.put(
                Text.template("content"),
                message.content() == null ? None.NONE : Text.of(message.content(), index));
        message.fields().forEach((name, value) ->
                map.put(Text.template(name), value(value, index, "messages[" + index + "]." + name)));
        return map;
    }

    private static Object value(Object value, int source, String path) {
        if (value == null) {
            return None.NONE;
        } else if (value instanceof CharSequence text) {
            return Text.of(text.toString(), source);
        } else if (value instanceof Boolean) {
            return value;
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                out.add(value(list.get(i), source, path + "[" + i + "]"));
            }
            return out;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> out = new LinkedHashMap<>();
            map.forEach((key, entry) -> {
                if (!(key instanceof String name)) {
                    throw new TemplateException(path + ": keys must be strings", 0);
                }
                out.put(Text.of(name, source), value(entry, source, path + "." + name));
            });
            return out;
        }
        throw new TemplateException(path + ": a template takes maps, lists, strings, numbers and booleans only", 0);
    }
}
