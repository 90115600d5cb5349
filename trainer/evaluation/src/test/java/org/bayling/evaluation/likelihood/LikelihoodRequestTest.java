package org.bayling.evaluation.likelihood;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Context and continuation as what a model reads and what counts. */
class LikelihoodRequestTest {

    @Test
    void theLastTokenIsOnlyPredicted() {
        LikelihoodRequest request = LikelihoodRequest.of(new int[] {1, 2, 3}, new int[] {4, 5}, 100);
        assertThat(request.input()).containsExactly(1, 2, 3, 4);
        assertThat(request.targets()).containsExactly(4, 5);
    }

    @Test
    void whatIsTooLongLosesItsBeginning() {
        LikelihoodRequest request = LikelihoodRequest.of(new int[] {1, 2, 3}, new int[] {4, 5}, 3);
        assertThat(request.input()).containsExactly(2, 3, 4);
        assertThat(request.targets()).containsExactly(4, 5);
    }

    @Test
    void aContinuationThatAloneIsTooLongCountsFromWhereItCanBePredicted() {
        LikelihoodRequest request = LikelihoodRequest.of(new int[] {1}, new int[] {2, 3, 4, 5}, 2);
        assertThat(request.input()).containsExactly(3, 4);
        assertThat(request.targets()).containsExactly(4, 5);
    }
}
