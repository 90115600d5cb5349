package org.bayling.evaluation.likelihood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Documents in windows, against those of lm-evaluation-harness made by hand. */
class RollingWindowsTest {
    private static final int PREFIX = 0;

    @Test
    void aShortDocumentIsOneWindow() {
        assertThat(shown(3, 4)).containsExactly("[0, 1, 2] -> [1, 2, 3]");
        assertThat(shown(4, 4)).containsExactly("[0, 1, 2, 3] -> [1, 2, 3, 4]");
        assertThat(shown(1, 4)).containsExactly("[0] -> [1]");
    }

    @Test
    void laterWindowsBeginWithOneTokenOfTheOneBefore() {
        assertThat(shown(8, 4)).containsExactly("[0, 1, 2, 3] -> [1, 2, 3, 4]", "[4, 5, 6, 7] -> [5, 6, 7, 8]");
    }

    @Test
    void theLastWindowReadsAsFarBackAsFits() {
        assertThat(shown(10, 4))
                .containsExactly(
                        "[0, 1, 2, 3] -> [1, 2, 3, 4]", "[4, 5, 6, 7] -> [5, 6, 7, 8]", "[6, 7, 8, 9] -> [9, 10]");
        assertThat(shown(9, 4))
                .containsExactly("[0, 1, 2, 3] -> [1, 2, 3, 4]", "[4, 5, 6, 7] -> [5, 6, 7, 8]", "[5, 6, 7, 8] -> [9]");
    }

    @Test
    void aModelThatReadsOneTokenHasAWindowForEach() {
        assertThat(shown(3, 1)).containsExactly("[0] -> [1]", "[1] -> [2]", "[2] -> [3]");
    }

    @Test
    void noTokensGiveNoWindow() {
        assertThat(shown(0, 4)).isEmpty();
    }

    @Property
    void everyTokenIsATargetOnceAfterItsOwnContext(
            @ForAll @IntRange(min = 1, max = 60) int length, @ForAll @IntRange(min = 1, max = 20) int maxLength) {
        int next = 1;
        for (LikelihoodRequest window : windows(length, maxLength)) {
            assertThat(window.input().length).isBetween(window.targets().length, maxLength);
            for (int i = 0; i < window.targets().length; i++) {
                assertThat(window.targets()[i]).isEqualTo(next);
                assertThat(window.input()[window.input().length - window.targets().length + i])
                        .isEqualTo(next - 1);
                next++;
            }
        }
        assertThat(next).isEqualTo(length + 1);
    }

    private static List<String> shown(int length, int maxLength) {
        return windows(length, maxLength).stream()
                .map(window -> Arrays.toString(window.input()) + " -> " + Arrays.toString(window.targets()))
                .toList();
    }

    /** Of the tokens 1, 2, 3, ... */
    private static List<LikelihoodRequest> windows(int length, int maxLength) {
        return RollingWindows.of(IntStream.rangeClosed(1, length).toArray(), PREFIX, maxLength);
    }
}
