package org.bayling.evaluation.translation;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a signature tells besides a metric's own settings.
 *
 * @param references references per segment; 0 when their number differs between segments
 * @param bootstrap resamples of the paired bootstrap or of the confidence interval, where there is one
 * @param randomization trials of approximate randomization, where it is used
 * @param seed of the random numbers, where there are any
 * @param version of this program, {@code 0.1.0}
 */
public record SignatureContext(
        int references, OptionalInt bootstrap, OptionalInt randomization, OptionalLong seed, String version) {

    /** The version of sacreBLEU whose numbers these are. */
    public static final String SACREBLEU = "2.6.0";

    /** Of a plain score. */
    public static SignatureContext of(int references, String version) {
        return new SignatureContext(
                references, OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), version);
    }

    /**
     * A signature in sacreBLEU's grammar. The version is a local one in the sense of PEP 440, {@code
     * 2.6.0+bayling.0.1.0}: that release's numbers, computed by this program.
     *
     * @param shorter with sacreBLEU's short keys
     * @param keys the metric's own: name, short name, value, and so on
     */
    String format(boolean shorter, String... keys) {
        StringBuilder text = new StringBuilder();
        text.append(shorter ? "#:" : "nrefs:").append(references == 0 ? "var" : Integer.toString(references));
        bootstrap.ifPresent(samples -> text.append("|bs:").append(samples));
        randomization.ifPresent(trials -> text.append("|ar:").append(trials));
        seed.ifPresent(value -> text.append(shorter ? "|rs:" : "|seed:").append(value));
        for (int i = 0; i < keys.length; i += 3) {
            text.append('|').append(keys[shorter ? i + 1 : i]).append(':').append(keys[i + 2]);
        }
        text.append(shorter ? "|v:" : "|version:").append(SACREBLEU);
        return text.append("+bayling.").append(version).toString();
    }
}
