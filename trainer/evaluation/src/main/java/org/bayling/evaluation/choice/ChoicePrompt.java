package org.bayling.evaluation.choice;

/** Joins description, examples and question into what a model reads before it answers. */
public sealed interface ChoicePrompt permits PlainPrompt, ChatPrompt {

    /** All that stands before the continuation of an option and the delimiter. */
    String context(ChoiceItem item, ChoiceItem.Option option);

    /** Between a context and its continuation. */
    String delimiter();
}
