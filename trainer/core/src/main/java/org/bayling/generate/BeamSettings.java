package org.bayling.generate;

/**
 * How beams are searched, with the names and meanings of transformers' {@code GenerationConfig}.
 *
 * @param numBeams beams of a prompt; 1 is no beam search
 * @param lengthPenalty a finished beam's sum of log-probabilities is divided by its length to this power: above 0
 *     favours long answers, below 0 short ones
 * @param earlyStopping when the search of a prompt ends
 */
public record BeamSettings(int numBeams, double lengthPenalty, EarlyStopping earlyStopping) {
    /** No beam search. */
    public static final BeamSettings NONE = new BeamSettings(1, 1, EarlyStopping.FALSE);

    /** When a search that has as many finished beams as {@code num_beams} goes on. */
    public enum EarlyStopping {
        /** Until the best running beam, at its present length, can't beat the worst finished one. */
        FALSE,
        /** Not at all. */
        TRUE,
        /** Until no running beam can beat the worst finished one at any length allowed. */
        NEVER
    }

    /** @throws IllegalArgumentException naming the setting, what it is and what it may be */
    public BeamSettings {
        GenerationSettings.check(numBeams >= 1, "num_beams", numBeams, "at least 1");
        GenerationSettings.check(
                Double.isFinite(lengthPenalty),
                "length_penalty",
                lengthPenalty,
                "a finite number; 1 is usual, 0 is off");
    }

    public BeamSettings withNumBeams(int value) {
        return new BeamSettings(value, lengthPenalty, earlyStopping);
    }

    public BeamSettings withLengthPenalty(double value) {
        return new BeamSettings(numBeams, value, earlyStopping);
    }

    public BeamSettings withEarlyStopping(EarlyStopping value) {
        return new BeamSettings(numBeams, lengthPenalty, value);
    }
}
