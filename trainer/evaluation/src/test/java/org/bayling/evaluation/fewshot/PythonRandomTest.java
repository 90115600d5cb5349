package org.bayling.evaluation.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bayling.io.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against CPython 3.11. */
class PythonRandomTest {

    @ParameterizedTest
    @CsvSource({
        "0, 3626764237 1654615998 3255389356, 113",
        "1, 577090037 2444712010 3639700191, 102",
        "1234, 4150886329 3342196574 1892932127, 14",
        "42, 2746317213 478163327 107420369, 94",
        "4294967296, 485306839 1508871100 1794561286, 119",
        "1099511627783, 2635837658 3209733218 3500038837, 120",
        "-5, 2675342405 1097127993 3185950873, 45",
    })
    void bitsAreThoseOfGetrandbits(long seed, String words, int seven) {
        PythonRandom random = new PythonRandom(seed);
        for (String word : words.split(" ")) {
            assertThat(Integer.toUnsignedString(random.bits(32))).isEqualTo(word);
        }
        assertThat(random.bits(7)).isEqualTo(seven);
    }

    @Test
    void samplesFollowEachOtherAsInPython() {
        PythonRandom random = new PythonRandom(1234);
        assertThat(sample(random, 5, 3)).containsExactly(3, 0, 4);
        assertThat(sample(random, 20, 5)).containsExactly(2, 18, 1, 19, 3);
        assertThat(sample(random, 21, 5)).containsExactly(11, 7, 0, 18, 17); // the last that is drawn from a pool
        assertThat(sample(random, 22, 5)).containsExactly(11, 20, 19, 15, 14);
        assertThat(sample(random, 86, 6)).containsExactly(19, 11, 23, 14, 1, 64);
        assertThat(sample(random, 85, 6)).containsExactly(62, 31, 8, 69, 59, 82); // 21 + 4 to the 3rd: a pool
        assertThat(sample(random, 1000, 6)).containsExactly(615, 691, 91, 527, 592, 47);
        assertThat(sample(random, 120, 25)).startsWith(34, 105, 71, 8, 82).endsWith(90, 60, 84);
        assertThat(sample(random, 5, 5)).containsExactly(3, 1, 0, 2, 4);
        assertThat(sample(random, 1, 1)).containsExactly(0);
        assertThat(sample(random, 300, 40)).startsWith(38, 285, 110, 73, 13).endsWith(223, 61);
        assertThat(sample(random, 40_000, 5)).containsExactly(34720, 6756, 31798, 24695, 16742);
        assertThat(sample(new PythonRandom(7), 100, 10)).containsExactly(41, 19, 50, 83, 6, 9, 68, 12, 46, 74);
        assertThat(sample(new PythonRandom(4294967303L), 50, 8)).containsExactly(14, 48, 22, 21, 3, 24, 41, 45);
    }

    @Test
    void twoThousandSamplesOfAllSizesHaveThePythonDigest() {
        PythonRandom random = new PythonRandom(1234);
        Checksum digest = new Checksum();
        for (int i = 0; i < 2000; i++) {
            int population = 1 + i % 97 * 13;
            String sample = sample(random, population, Math.min(population, i % 23)).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(",", "", ";"));
            digest.update(ByteBuffer.wrap(sample.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(digest.finish().sha256())
                .isEqualTo("b4ecf7e0926e716f71829225b898db1b7c947990ec8011703015df7c1f69981b");
    }

    @Test
    void aSampleLargerThanThePopulationIsRefused() {
        assertThatThrownBy(() -> sample(new PythonRandom(1), 3, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> sample(PythonRandom random, int population, int size) {
        return random.sample(IntStream.range(0, population).boxed().toList(), size);
    }
}
