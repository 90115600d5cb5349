package org.bayling.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What happens in a run, told once to every {@link RunObserver}. */
public sealed interface RunEvent {

    /**
     * A run begins, or goes on.
     *
     * @param directory the run's folder
     * @param firstStep 1 for a new run
     * @param totalSteps optimizer steps of the whole run
     * @param epochs of the whole run
     * @param settings resolved and derived values worth showing, in order
     */
    record Started(Path directory, long firstStep, long totalSteps, double epochs, Map<String, String> settings)
            implements RunEvent {}

    /**
     * One optimizer step is done, or was skipped.
     *
     * @param step 1-based
     * @param epoch epochs finished, with fraction
     * @param loss mean cross-entropy over the trained tokens of the step, nats
     * @param gradNorm global norm before clipping
     * @param learningRate that the step was taken with
     * @param tokens real tokens computed in this step
     * @param trainedTokens tokens with a loss in this step
     * @param totalTokens real tokens since the beginning of the run
     * @param duration of this step
     * @param groups loss by data set or language tag, for example {@code language/de}
     * @param sampleDigest rolling hash of all sample ids consumed so far, hexadecimal
     * @param skipped true when the step was not taken because something in it was not finite
     */
    record Stepped(
            long step,
            double epoch,
            double loss,
            double gradNorm,
            double learningRate,
            long tokens,
            long trainedTokens,
            long totalTokens,
            Duration duration,
            Map<String, GroupLoss> groups,
            String sampleDigest,
            boolean skipped)
            implements RunEvent {}

    /** The evaluation split was run after {@code step} steps; {@code best} when no earlier loss was lower. */
    record Evaluated(
            long step, double epoch, double loss, long trainedTokens, long samples, Duration duration,
            Map<String, GroupLoss> groups, boolean best)
            implements RunEvent {}

    /** A checkpoint was published. */
    record Saved(long step, Path directory, long bytes, Duration duration) implements RunEvent {}

    /** Something that a person should know and that does not stop the run. */
    record Warned(String message) implements RunEvent {}

    /**
     * The run is over.
     *
     * @param step last step taken
     * @param outcome {@code done}, {@code stopped} on request, {@code diverged} or {@code failed}
     * @param message what to do next, or what went wrong
     * @param duration of this process's part
     */
    record Finished(long step, Outcome outcome, String message, Duration duration) implements RunEvent {}

    /** How a run ended. */
    enum Outcome {
        DONE,
        STOPPED,
        DIVERGED,
        FAILED
    }

    /**
     * Loss of one group of samples.
     *
     * @param lossSum cross-entropy summed over its trained tokens, nats
     * @param trainedTokens how many those are
     * @param bytes UTF-8 bytes that the trained tokens stand for, for bits per byte; 0 when unknown
     */
    record GroupLoss(double lossSum, long trainedTokens, long bytes) {
        /** Mean loss of a token, nats. */
        public double loss() {
            return lossSum / trainedTokens;
        }

        /** Bits per byte: comparable between scripts, where a token's loss is not; NaN when bytes are unknown. */
        public double bitsPerByte() {
            return bytes == 0 ? Double.NaN : lossSum / Math.log(2) / bytes;
        }
    }
}
