package org.bayling.evaluation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.evaluation.alignment.AlignmentResult.Layer;
import org.bayling.evaluation.alignment.AlignmentResult.Point;
import org.junit.jupiter.api.Test;

class AlignmentComparisonTest {
    private static final Scores SAME = new Scores(1, 1, 0, 1, 1);

    private static AlignmentResult result(String model, int sentences, Scores first, Scores second) {
        List<AlignmentStudy.Language> languages = List.of(
                new AlignmentStudy.Language("eng", "English", "Latn", 9, 0),
                new AlignmentStudy.Language("tha", "Thai <x>", "Thai", 30, 0));
        AlignmentStudy study = new AlignmentStudy(
                model,
                "float32",
                "d",
                Pooling.MEAN,
                sentences,
                4,
                List.of("embed_tokens", "norm"),
                List.of("eng"),
                languages);
        List<Point> map = List.of(new Point(1, 0), new Point(-1, 0));
        return new AlignmentResult(
                study,
                List.of(
                        new Layer(List.of(List.of(SAME), List.of(first)), map, new Point(1, 0)),
                        new Layer(List.of(List.of(SAME), List.of(second)), map, new Point(1, 0))));
    }

    private static final AlignmentResult BEFORE =
            result("base", 8, new Scores(0.5, 0.3, 0.1, 0.5, 0.25), new Scores(0.4, 0.2, 0.1, 0.25, 0.25));
    private static final AlignmentResult AFTER =
            result("tuned", 8, new Scores(0.6, 0.5, 0.1, 0.75, 0.5), new Scores(0.7, 0.6, 0.1, 1, 0.75));

    @Test
    void gainsAreWhatTheSecondHasMore() throws DataException {
        AlignmentComparison comparison = AlignmentComparison.of(BEFORE, AFTER);
        assertThat(comparison.gain(Measure.CKA, 1, 1, 0)).isCloseTo(0.3, within(1e-12));
        assertThat(comparison.gain(Measure.RETRIEVAL, 0, 1, 0)).isCloseTo(0.25, within(1e-12));
        assertThat(comparison.gain(Measure.COSINE_MARGIN, 0, 0, 0)).isZero();
        assertThat(BEFORE.bestLayer()).isZero();
        assertThat(AFTER.bestLayer()).isEqualTo(1);
        assertThat(comparison.models()).anySatisfy(line -> assertThat(line).contains("tuned", "norm", "0.875"));
        assertThat(comparison.languages()).anySatisfy(line -> assertThat(line).contains("tha", "0.375", "+0.250"));
        assertThat(comparison.csv()).contains("tha,Thai,eng,norm,retrieval_to_pivot,0.25,1.0,0.75\n");
    }

    @Test
    void resultsOfDifferentSentencesAreNotCompared() {
        assertThatThrownBy(() -> AlignmentComparison.of(BEFORE, result("tuned", 9, SAME, SAME)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("their numbers of sentences differ: 8 and 9");
    }

    @Test
    void thePageNeedsNothingButItselfAndEscapesWhatItShows() throws IOException {
        String page = AlignmentPage.of(AlignmentComparison.of(BEFORE, AFTER));
        assertThat(page)
                .contains("Thai &lt;x&gt;", "Gain in retrieval with eng", "before, embed_tokens", "after, norm")
                .doesNotContain("<x>", "http:", "https:", " src=", "NaN");
        assertThat(AlignmentPage.of(BEFORE)).contains("Retrieval with eng").doesNotContain("before, ");
    }
}
