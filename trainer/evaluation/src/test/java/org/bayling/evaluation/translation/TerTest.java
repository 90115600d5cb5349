package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of sacreBLEU's own tests. */
class TerTest {
    private static final Ter TER = Ter.standard();

    @ParameterizedTest
    @CsvSource({
        "aaaa bbbb cccc dddd, aaaa bbbb cccc dddd, 0",
        "dddd eeee ffff, aaaa bbbb cccc, 100",
        "'', a, 100",
        "a, '', 100",
        "'', '', 0",
        "d e f g h a b c, a b c d e f g h, 12.5",
        "a b c d, b c d a, 25"
    })
    void sentencesCostTheirEdits(String hypothesis, String reference, double score) {
        assertThat(TER.sentence(hypothesis, List.of(reference))).isCloseTo(score, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            10 | 31 | wählen Sie " Bild neu berechnen , " um beim Ändern der Bildgröße Pixel hinzuzufügen oder zu entfernen , damit das Bild ungefähr dieselbe Größe aufweist wie die andere Größe . | wählen Sie " Bild neu berechnen , " um beim Ändern der Bildgröße Pixel hinzuzufügen oder zu entfernen , damit die Darstellung des Bildes in einer anderen Größe beibehalten wird .
            2 | 31 | klicken Sie auf der Registerkarte " Optionen " auf die Schaltfläche " Benutzerdefiniert " und geben Sie Werte für " Fehlerkorrektur-Level " und " Y / X-Verhältnis " ein . | klicken Sie auf der Registerkarte " Optionen " auf die Schaltfläche " Benutzerdefiniert " und geben Sie für " Fehlerkorrektur-Level " und " Y / X-Verhältnis " niedrigere Werte ein .
            5 | 19 | Sie können beispielsweise ein Dokument erstellen , das ein Auto über die Bühne enthält . | Sie können beispielsweise ein Dokument erstellen , das ein Auto enthalt , das sich über die Bühne bewegt .
            """)
    void shiftsAreFoundAsTercomFindsThem(long edits, double length, String hypothesis, String reference) {
        MetricScore.Ter score = (MetricScore.Ter) TER.scoreCorpus(List.of(hypothesis), List.of(List.of(reference)));
        assertThat(score.edits()).isEqualTo(edits);
        assertThat(score.referenceLength()).isEqualTo(length);
    }

    @Test
    void theNearestReferenceCountsAgainstTheMeanLength() {
        assertThat(TER.sentence("a b c", List.of("a b d", "a b c e f"))).isCloseTo(25, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false | false | false | A B C D.   | a b c d.
            true  | false | false | a b (c) d. | a b ( c ) d .
            true  | false | false | Jim's car. | jim 's car .
            true  | false | false | 4.2        | 4.2
            true  | false | true  | 美众院公布对特 | 美 众 院 公 布 对 特
            true  | false | true  | りの拳銃を持 | りの 拳 銃 を 持
            false | true  | false | A ; B ) C : D. | a b c d
            true  | false | true  | John's dog's | john 's dog 's
            true  | false | true  | ひらがな漢字カタカナ。 | ひらがな 漢 字 カタカナ 。
            """)
    void wordsAreTercoms(boolean normalized, boolean noPunct, boolean asian, String line, String words) {
        assertThat(new Ter(normalized, noPunct, asian, false).tokenize(line)).isEqualTo(words);
    }

    /** Against the plain matrix, where the band is wide enough not to matter and no shift helps. */
    @Property(tries = 300)
    void distanceOfAChangedHypothesisIsThatOfTheWholeMatrix(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> words,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> reference,
            @ForAll @IntRange(max = 11) int changed) {
        int[] hypothesis = ints(words);
        EditDistance distance = new EditDistance();
        distance.begin(ints(reference), hypothesis.length);
        assertThat(distance.keep(hypothesis)).isEqualTo(plain(hypothesis, ints(reference)));
        int at = Math.min(changed, hypothesis.length - 1);
        hypothesis[at] = 7;
        assertThat(distance.distance(hypothesis, at)).isEqualTo(plain(hypothesis, ints(reference)));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int plain(int[] a, int[] b) {
        int[][] d = new int[a.length + 1][b.length + 1];
        for (int i = 0; i <= a.length; i++) {
            for (int j = 0; j <= b.length; j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                } else {
                    int replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                    d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                }
            }
        }
        return d[a.length][b.length];
    }
}
