package org.bayling.evaluation.suite;

import java.io.IOException;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.evaluation.translate.TranslatingModel;

/** A model that is evaluated; what it gives stays its own. Confined to one thread. */
public interface EvaluatedModel extends TranslatingModel {

    /** Log-likelihoods by it, those that are kept from an earlier time included. */
    KeptLikelihoods likelihoods() throws IOException;
}
