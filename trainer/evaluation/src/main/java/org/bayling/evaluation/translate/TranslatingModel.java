package org.bayling.evaluation.translate;

import java.io.IOException;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatRenderer;

/** A model that translates; what it gives stays its own. Confined to one thread. */
public interface TranslatingModel {

    Tokenizer tokenizer();

    /** Tokens of prompt and answer together that it can read. */
    int maxLength();

    /**
     * Conversations in its chat template.
     *
     * @throws org.bayling.data.DataException when it has none
     */
    ChatRenderer renderer() throws IOException;

    /** Answers by it, those that are kept from an earlier time included. */
    KeptAnswers answers() throws IOException;
}
