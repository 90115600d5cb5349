package org.bayling.tokenizer.chat;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a template is rendered with.
 *
 * @param chat                messages, tools and variables
 * @param addGenerationPrompt end with what stands before an answer
 * @param bosToken            string of the BOS token; undefined in the template when empty
 * @param eosToken            string of the EOS token; undefined in the template when empty
 * @param date                what {@code strftime_now} formats, never the clock
 */
public record ChatInput(
        Chat chat, boolean addGenerationPrompt, Optional<String> bosToken, Optional<String> eosToken, LocalDate date) {
    /** The date that templates see when nobody gives one; the one that Llama 3.1's template has as its own default. */
    public static final LocalDate DEFAULT_DATE = LocalDate.of(2024, 7, 26);
}
