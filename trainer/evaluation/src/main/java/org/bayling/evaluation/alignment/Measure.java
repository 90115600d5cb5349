package org.bayling.evaluation.alignment;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures by which languages are compared; in files they have the names of {@link #key}. */
public enum Measure {
    CKA("CKA", Scores::cka),
    COSINE_PAIRS("cosine of pairs", Scores::cosinePairs),
    COSINE_OTHERS("cosine of others", Scores::cosineOthers),
    /** Mean cosine of translations less that of all other pairs. */
    COSINE_MARGIN("cosine margin", scores -> scores.cosinePairs() - scores.cosineOthers()),
    RETRIEVAL_TO_PIVOT("retrieval to pivot", Scores::toPivot),
    RETRIEVAL_FROM_PIVOT("retrieval from pivot", Scores::fromPivot),
    /** Mean of both directions. */
    RETRIEVAL("retrieval", scores -> (scores.toPivot() + scores.fromPivot()) / 2);

    private final String title;
    private final ToDoubleFunction<Scores> value;

    Measure(String title, ToDoubleFunction<Scores> value) {
        this.title = title;
        this.value = value;
    }

    /** {@code cosine_margin}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The figure. */
    public double of(Scores scores) {
        return value.applyAsDouble(scores);
    }
}
