package org.bayling.evaluation.choice;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bayling.data.DataException;

/**
 * A kind of multiple-choice data: how its rows become questions and what is reported of them.
 *
 * @param name as lm-evaluation-harness has it, where it has it
 * @param languages that the layout has words for; empty when any will do
 * @param monolingual the language of files whose names tell none; empty when they must tell
 * @param examples whether questions may be preceded by answered ones
 * @param metrics reported unless others are asked for
 * @param layout reads a row
 */
public record ChoiceTask(
        String name,
        Set<String> languages,
        Optional<String> monolingual,
        boolean examples,
        List<ChoiceMetric> metrics,
        Layout layout) {

    /** Between a context and its continuation. */
    static final String TARGET_DELIMITER = " ";

    /** Between answered questions. */
    static final String FEW_SHOT_DELIMITER = "\n\n";

    /** How one row is read. */
    @FunctionalInterface
    interface Layout {
        /** @throws DataException naming the row's place when a field is missing or wrong */
        Question read(ChoiceFields row, String language) throws DataException;
    }

    /**
     * What a row holds.
     *
     * @param description before everything else
     * @param subject where the data set has subjects
     */
    record Question(String description, Optional<String> subject, List<ChoiceItem.Option> options, int gold) {
        static Question of(List<ChoiceItem.Option> options, int gold) {
            return new Question("", Optional.empty(), options, gold);
        }

        /** One context for all choices. */
        static Question of(String context, List<String> choices, int gold) {
            return of(
                    choices.stream()
                            .map(choice -> ChoiceItem.Option.of(context, choice))
                            .toList(),
                    gold);
        }

        /** As an example for others. */
        String answered() {
            ChoiceItem.Option right = options.get(gold);
            return right.context() + TARGET_DELIMITER + right.continuation() + FEW_SHOT_DELIMITER;
        }
    }
}
