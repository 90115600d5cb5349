package org.bayling.tokenizer.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One message of a conversation.
 *
 * @param role    system, user, assistant, tool, or what else the template knows
 * @param content text; null where a message only calls tools
 * @param fields  further fields that the template may read, such as tool_calls: JSON-like values only
 * @param train   whether this message is trained; empty leaves it to the {@link Masking}
 */
public record Message(String role, String content, Map<String, Object> fields, Optional<Boolean> train) {
    public Message {
        Objects.requireNonNull(role, "role");
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
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

    /** This message with an explicit decision on whether it is trained. */
    public Message withTrain(boolean trained) {
        return new Message(role, content, fields, Optional.of(trained));
    }
}
