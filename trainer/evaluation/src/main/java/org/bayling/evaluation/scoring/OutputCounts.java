package org.bayling.evaluation.scoring;

import java.util.Optional;

/**
 * What is wrong with outputs at first sight.
 *
 * @param segments how many outputs there are
 * @param empty without a word, though a reference has one
 * @param overlong more than twice as long as the longest reference, and by more than {@value #SLACK} characters
 * @param copied word for word the source, though no reference is; none without a source
 * @param language whether they are in the asked language, where that was checked
 */
public record OutputCounts(
        long segments, long empty, long overlong, Optional<Long> copied, Optional<LanguageCounts> language) {
    static final int SLACK = 50;

    /**
     * Outputs by language.
     *
     * @param right in the asked one
     * @param wrong in another one
     * @param unknown without letters, or too short to tell
     * @param method how they were told, such as {@code script only}
     */
    public record LanguageCounts(long right, long wrong, long unknown, String method) {

        /** Share of the outputs that could be told which are in the asked language, 0 to 100; 0 where none could. */
        public double correctness() {
            return right + wrong == 0 ? 0 : 100.0 * right / (right + wrong);
        }

        LanguageCounts plus(LanguageCounts other) {
            return new LanguageCounts(right + other.right, wrong + other.wrong, unknown + other.unknown, method);
        }
    }

    OutputCounts plus(OutputCounts other) {
        return new OutputCounts(
                segments + other.segments,
                empty + other.empty,
                overlong + other.overlong,
                copied.map(count -> count + other.copied.orElse(0L)),
                language.map(counts -> other.language.map(counts::plus).orElse(counts)));
    }
}
