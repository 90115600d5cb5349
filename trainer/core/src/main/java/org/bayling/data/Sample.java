package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One conversation to train on, whatever format it was written in.
 *
 * @param turns its messages in order; at least one is an assistant's
 * @param tools the functions that the assistant may call, a JSON array as chat templates take it
 * @param language BCP 47; the row's own, else its data set's
 * @param task of a sample of a corpus; empty elsewhere
 * @param group of a corpus' mixture; empty elsewhere
 */
public record Sample(
        List<Turn> turns,
        Optional<JsonNode> tools,
        Optional<String> language,
        Optional<String> task,
        Optional<String> group) {
    public Sample {
        turns = List.copyOf(turns);
    }

    /** Of data that are no corpus. */
    public Sample(List<Turn> turns, Optional<JsonNode> tools, Optional<String> language) {
        this(turns, tools, language, Optional.empty(), Optional.empty());
    }

    SampleTags tags() {
        return new SampleTags(language, task, group);
    }

    /**
     * One message.
     *
     * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
     * @param content its text; may be empty where {@code toolCalls} are present
     * @param toolCalls function calls of an assistant, a JSON array as chat templates take it
     * @param train what the row says of this message: trained or not; empty leaves it to the configuration
     * @param input of a user turn of format alpaca: the {@code input} field, which is also the last line or lines of
     *     {@code content}; empty elsewhere
     */
    public record Turn(
            String role, String content, Optional<JsonNode> toolCalls, Optional<Boolean> train, Optional<String> input) {

        static Turn of(String role, String content) {
            return new Turn(role, content, Optional.empty(), Optional.empty(), Optional.empty());
        }

        Turn trained(boolean trained) {
            return new Turn(role, content, toolCalls, Optional.of(trained), input);
        }

        boolean assistant() {
            return role.equals("assistant");
        }
    }
}
