package org.bayling.tokenizer.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
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
     * @throws IllegalArgumentException for an unknown name, with the nearest known one
     */
    public static ChatTemplate builtIn(String name) {
        if (!NAMES.contains(name)) {
            String nearest = NAMES.stream()
                    .min(Comparator.comparingInt(known -> distance(name, known)))
                    .orElseThrow();
            throw new IllegalArgumentException("no built-in chat template \"" + name + "\"; did you mean \"" + nearest
                    + "\"? Known are " + String.join(", ", NAMES));
        }
        try (InputStream in = ChatTemplates.class.getResourceAsStream(name + ".jinja")) {
            return ChatTemplate.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many letters must be put in, taken out or changed to get from one name to the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
