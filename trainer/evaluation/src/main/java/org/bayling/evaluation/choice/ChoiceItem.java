package org.bayling.evaluation.choice;

import java.util.List;
import java.util.Optional;

/**
 * One question, ready to be asked: each option is a context and what may follow it.
 *
 * @param place file and line that it was read from, for messages
 * @param language of the question, as the data set writes it
 * @param subject of the question in sets that have subjects; each is a subtask of its own
 * @param description before everything else; may be empty
 * @param examples answered questions before it
 * @param options in the data's order, at least two
 * @param gold index of the right one
 */
public record ChoiceItem(
        String place,
        String language,
        Optional<String> subject,
        String description,
        List<Example> examples,
        List<Option> options,
        int gold) {

    public ChoiceItem {
        examples = List.copyOf(examples);
        options = List.copyOf(options);
        if (options.size() < 2 || gold < 0 || gold >= options.size()) {
            throw new IllegalArgumentException(place + ": " + options.size() + " options, gold " + gold);
        }
    }

    /**
     * What log-likelihoods are compared of.
     *
     * @param context text before the continuation, without description and examples; may be empty
     * @param continuation text whose likelihood counts, without the delimiter in front of it
     * @param choice text that lengths are taken of: the continuation but where options differ in their contexts
     */
    public record Option(String context, String continuation, String choice) {
        static Option of(String context, String choice) {
            return new Option(context, choice, choice);
        }
    }

    /** An answered question: its context and the continuation of the right option. */
    public record Example(String context, String answer) {}
}
