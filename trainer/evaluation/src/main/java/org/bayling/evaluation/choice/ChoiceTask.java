package org.bayling.evaluation.choice;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bayling.data.DataException;
import org.bayling.evaluation.fewshot.FewShot;

/**
 * A kind of multiple-choice data: how its rows become questions and what is reported of them.
 *
 * @param name as lm-evaluation-harness has it, where it has it
 * @param source what the data are, with their licence, for those who lack them
 * @param languages that the layout has words for; empty when any will do
 * @param monolingual the language of files whose names tell none; empty when they must tell
 * @param languageInRows whether the field {@value #LANGUAGE} of each row tells its language, and not the file
 * @param order how examples are chosen unless another way is asked for
 * @param drawsSpare whether one example more is drawn in case one of them is the question itself, also where examples
 *     come from other files; it decides which ones the questions after it get
 * @param metrics reported unless others are asked for
 * @param layout reads a row
 */
public record ChoiceTask(
        String name,
        String source,
        Set<String> languages,
        Optional<String> monolingual,
        boolean languageInRows,
        FewShot.Order order,
        boolean drawsSpare,
        List<ChoiceMetric> metrics,
        Layout layout) {
    /** Where rows tell their language. */
    static final String LANGUAGE = "language";

    ChoiceTask(
            String name,
            String source,
            Set<String> languages,
            Optional<String> monolingual,
            FewShot.Order order,
            boolean drawsSpare,
            List<ChoiceMetric> metrics,
            Layout layout) {
        this(name, source, languages, monolingual, false, order, drawsSpare, metrics, layout);
    }

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
        ChoiceItem.Example answered() {
            ChoiceItem.Option right = options.get(gold);
            return new ChoiceItem.Example(right.context(), right.continuation());
        }
    }
}
