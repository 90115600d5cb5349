package org.bayling.evaluation.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Context and continuation as what a model reads and what counts. */
class EncodedRequestTest {

    @Test
    void theLastTokenIsOnlyPredicted() {
        EncodedRequest request = EncodedRequest.of(new int[] {1, 2, 3}, new int[] {4, 5}, 100);
        assertThat(request.input()).containsExactly(1, 2, 3, 4);
        assertThat(request.targets()).containsExactly(4, 5);
    }

    @Test
    void whatIsTooLongLosesItsBeginning() {
        EncodedRequest request = EncodedRequest.of(new int[] {1, 2, 3}, new int[] {4, 5}, 3);
        assertThat(request.input()).containsExactly(2, 3, 4);
        assertThat(request.targets()).containsExactly(4, 5);
    }

    @Test
    void aContinuationThatAloneIsTooLongCountsFromWhereItCanBePredicted() {
        EncodedRequest request = EncodedRequest.of(new int[] {1}, new int[] {2, 3, 4, 5}, 2);
        assertThat(request.input()).containsExactly(3, 4);
        assertThat(request.targets()).containsExactly(4, 5);
    }
}
