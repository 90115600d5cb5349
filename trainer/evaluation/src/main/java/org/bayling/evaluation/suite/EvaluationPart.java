package org.bayling.evaluation.suite;

import java.io.IOException;
import java.util.Map;
import org.bayling.observe.TaskProgress;

/** One task of an evaluation, with all that its scores depend on but the model. */
public sealed interface EvaluationPart permits ChoicePart, PerplexityPart, TranslationPart {

    /** Of the scores; no other task of the evaluation has it. */
    String name();

    /** {@code choice}, {@code perplexity} or {@code translation}. */
    String kind();

    /** What scores depend on, by the names of a suite's keys, for people. */
    Map<String, String> settings();

    /**
     * Reads the data, before a model is loaded.
     *
     * @throws org.bayling.data.DataException naming file and line of what is wrong
     */
    Prepared read() throws IOException;

    /** A task whose data are in memory. */
    @FunctionalInterface
    interface Prepared {
        PartResults run(EvaluatedModel model, TaskProgress progress) throws IOException;
    }
}
