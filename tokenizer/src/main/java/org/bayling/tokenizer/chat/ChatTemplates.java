package org.bayling.tokenizer.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The templates that this program brings along, for models without one of their own.
 *
 * <p>{@code alpaca} is Stanford's prompt, which ends at the colon of {@code ### Response:}; {@code alpaca_newline} has
 * a newline there; {@code alpaca_joined} has the input as a further line of the instruction. {@code bayling} is the
 * prompt of BayLing 7B and 13B, {@code bayling3} that of BayLing on Llama 3. {@code raw} is for plain text, one
 * assistant's message a document: begin of text, the text, end of text, and no roles.
 */
public final class ChatTemplates {
    /** Names of the built-in templates. */
    public static final List<String> NAMES =
            List.of("alpaca", "alpaca_newline", "alpaca_joined", "bayling", "bayling3", "chatml", "llama3", "raw");

    private ChatTemplates() {}

    /**
     * A built-in template.
     *
     * @throws IllegalArgumentException for an unknown name, with the known ones
     */
    public static ChatTemplate builtIn(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "no built-in chat template \"" + name + "\"; known are " + String.join(", ", NAMES));
        }
        try (InputStream in = ChatTemplates.class.getResourceAsStream(name + ".jinja")) {
            return ChatTemplate.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
