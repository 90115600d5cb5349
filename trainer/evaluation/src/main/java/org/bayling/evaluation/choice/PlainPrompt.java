package org.bayling.evaluation.choice;

/** One text after another, as lm-evaluation-harness has it without a chat template. */
public record PlainPrompt() implements ChoicePrompt {
    /** Between a question and its answer. */
    static final String TARGET_DELIMITER = " ";

    /** Between answered questions. */
    static final String FEW_SHOT_DELIMITER = "\n\n";

    @Override
    public String context(ChoiceItem item, ChoiceItem.Option option) {
        return item.description() + withExamples(item, option);
    }

    @Override
    public String delimiter() {
        return TARGET_DELIMITER;
    }

    /** Answered questions and the asked one. */
    static String withExamples(ChoiceItem item, ChoiceItem.Option option) {
        StringBuilder text = new StringBuilder();
        for (ChoiceItem.Example example : item.examples()) {
            text.append(example.context()).append(TARGET_DELIMITER);
            text.append(example.answer()).append(FEW_SHOT_DELIMITER);
        }
        return text.append(option.context()).toString();
    }
}
