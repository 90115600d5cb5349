package org.bayling.evaluation.alignment.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bayling.evaluation.alignment.AlignmentResult.Point;
import org.junit.jupiter.api.Test;

class LanguageMapTest {
    /** Around (7, 7, 7) lie (±3, 0, 0) and (0, 0, ±1): variances 18 and 2, so 90 % and 10 %. */
    @Test
    void principalComponentsOfMeansThatLieInAPlaneAreThatPlane() {
        LanguageMap map = LanguageMap.of(new double[][] {{4, 7, 7}, {10, 7, 7}, {7, 7, 6}, {7, 7, 8}});
        close(map.places().get(0), 3, 0);
        close(map.places().get(1), -3, 0);
        close(map.places().get(2), 0, 1);
        close(map.places().get(3), 0, -1);
        close(map.explained(), 0.9, 0.1);
    }

    @Test
    void twoLanguagesLieOnALine() {
        LanguageMap map = LanguageMap.of(new double[][] {{0, 0}, {0, 4}});
        close(map.places().get(0), 2, 0);
        close(map.places().get(1), -2, 0);
        close(map.explained(), 1, 0);
    }

    @Test
    void languagesThatAreAllAlikeLieInTheMiddle() {
        LanguageMap map = LanguageMap.of(new double[][] {{1, 2}, {1, 2}, {1, 2}});
        map.places().forEach(place -> close(place, 0, 0));
        close(map.explained(), 0, 0);
    }

    private static void close(Point point, double x, double y) {
        assertThat(point.x()).isCloseTo(x, within(1e-9));
        assertThat(point.y()).isCloseTo(y, within(1e-9));
    }
}
