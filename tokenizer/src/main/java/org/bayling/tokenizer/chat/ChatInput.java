package org.bayling.tokenizer.chat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
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

    private static final DateTimeFormatter DATE_STRING = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    /**
     * The date of a conversation: its variable {@code date_string} where that is written like {@code 26 Jul 2024}, else
     * {@link #DEFAULT_DATE}. So the same conversation gives the same tokens on every day.
     */
    public static LocalDate dateOf(Chat chat) {
        if (chat.variables().get("date_string") instanceof String text) {
            try {
                return LocalDate.parse(text, DATE_STRING);
            } catch (DateTimeParseException e) {
                // A template may want its date in another form; it still gets the string as it is.
                return DEFAULT_DATE;
            }
        }
        return DEFAULT_DATE;
    }
}
