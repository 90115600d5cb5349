package org.bayling.tokenizer.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One message of a conversation.
 *
 * @param role    system, user, assistant, tool, or what else the template knows
 * @param content text; null where a message only calls tools
 * @param fields  further fields that the template may read, such as tool_calls: JSON-like values only; an entry
 *                {@code content} replaces the content where that is not a string
 * @param train   whether this message is trained; empty leaves it to the {@link Masking}
 */
public record Message(String role, String content, Map<String, Object> fields, Optional<Boolean> train) {
    public Message {
        Objects.requireNonNull(role, "role");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public Message(String role, String content) {
        this(role, content, Map.of(), Optional.empty());
    }

    public static Message system(String content) {
        return new Message("system", content);
    }

    public static Message user(String content) {
        return new Message("user", content);
    }

    public static Message assistant(String content) {
        return new Message("assistant", content);
    }

    /**
     * A user's message made of an instruction and an input: its content is both as two lines, and templates that treat
     * them apart find them as {@code instruction} and {@code input}.
     */
    public static Message instruction(String instruction, String input) {
        if (input.isEmpty()) {
            return user(instruction);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("instruction", instruction);
        fields.put("input", input);
        return new Message("user", instruction + "\n" + input, fields, Optional.empty());
    }

    /** This message with an explicit decision on whether it is trained. */
    public Message withTrain(boolean trained) {
        return new Message(role, content, fields, Optional.of(trained));
    }
}
