package org.bayling.evaluation.suite;

import java.io.IOException;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatRenderer;

/** A model that is evaluated; what it gives stays its own. Confined to one thread. */
public interface EvaluatedModel {

    Tokenizer tokenizer();

    /** Tokens that it can read. */
    int maxLength();

    /** Log-likelihoods by it, those that are kept from an earlier time included. */
    KeptLikelihoods likelihoods();

    /**
     * Conversations in its chat template.
     *
     * @throws org.bayling.data.DataException when it has none
     */
    ChatRenderer renderer() throws IOException;
}
