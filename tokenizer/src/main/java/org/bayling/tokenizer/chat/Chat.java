package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation as a template sees it.
 *
 * @param messages  the messages in order
 * @param tools     descriptions of tools, JSON-like maps; empty where there are none
 * @param variables further variables for the template, such as {@code date_string} or {@code enable_thinking}:
 *                  maps, lists, strings, numbers and booleans only
 */
public record Chat(List<Message> messages, List<Object> tools, Map<String, Object> variables) {
    public Chat {
        messages = List.copyOf(messages);
        tools = Collections.unmodifiableList(new ArrayList<>(tools));
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    public Chat(List<Message> messages) {
        this(messages, List.of(), Map.of());
    }

    public static Chat of(Message... messages) {
        return new Chat(List.of(messages));
    }

    /** The first {@code count} messages with the same tools and variables. */
    public Chat first(int count) {
        return new Chat(messages.subList(0, count), tools, variables);
    }
}
