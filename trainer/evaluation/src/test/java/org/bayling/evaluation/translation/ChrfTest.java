package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChrfTest {
    private static final Chrf EPS_BETA_3 = new Chrf(6, 0, 3, false, false, true);
    private static final Chrf BETA_3 = new Chrf(6, 0, 3, false, false, false);
    private static final Chrf BETA_3_WITH_SPACE = new Chrf(6, 0, 3, false, true, false);

    @ParameterizedTest
    @CsvSource({
        "abcdefg, hijklmnop, 0",
        "a, b, 0",
        "'', b, 0",
        "'', reference, 0",
        "aa, ab, 8.333333333333334",
        "a, a, 16.666666666666668",
        "a b c, a b c, 50",
        "a b c, abc, 50",
        "'Niemand hat die Absicht, eine Mauer zu errichten', 'Niemand hat die Absicht, eine Mauer zu errichten', 100"
    })
    void smoothedScoreIsAveragedOverAllOrders(String hypothesis, String reference, double score) {
        assertThat(EPS_BETA_3.sentence(hypothesis, List.of(reference))).isCloseTo(score, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"a, a, 100", "a b c, a b c, 100", "a b c, abc, 100", "aa, ab, 25", "'', reference, 0", "'', c, 0"})
    void unsmoothedScoreSkipsOrdersThatDoNotOccur(String hypothesis, String reference, double score) {
        assertThat(BETA_3.sentence(hypothesis, List.of(reference))).isCloseTo(score, within(1e-9));
    }

    @Test
    void corpusScoreIsComputedOnceFromSummedCounts() {
        assertThat(BETA_3.corpus(List.of("a", "b"), List.of(List.of("a"), List.of("c"))))
                .isCloseTo(50, within(1e-9));
        assertThat(EPS_BETA_3.corpus(List.of("a", "b"), List.of(List.of("a"), List.of("c"))))
                .isCloseTo(8.333333333333334, within(1e-9));
    }

    @Test
    void publishedSentencesGiveThePublishedScores() {
        String risk = "risk assessment must be made of those who are qualified and expertise in the sector - these are "
                + "the scientists .";
        String riskReference = "risk assessment has to be undertaken by those who are qualified and expert in that area"
                + " - that is the scientists .";
        String relation = "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.";
        String relationReference = "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.";
        assertThat(EPS_BETA_3.sentence(" " + risk, List.of(riskReference))).isCloseTo(63.36173005106315, within(1e-9));
        assertThat(EPS_BETA_3.sentence(relation, List.of(relationReference))).isCloseTo(64.1302698, within(1e-4));
        assertThat(EPS_BETA_3.sentence(relation.replace(" ", "   "), List.of(relationReference)))
                .isCloseTo(64.1302698, within(1e-4));
        assertThat(BETA_3_WITH_SPACE.sentence(relation, List.of(relationReference)))
                .isCloseTo(67.3481606, within(1e-4));
        assertThat(BETA_3_WITH_SPACE.sentence(risk, List.of(riskReference))).isCloseTo(65.2414427, within(1e-4));
    }

    @Test
    void laterReferenceWinsOnlyWhenItIsStrictlyCloser() {
        Chrf chrf = Chrf.chrf2();
        double alone = chrf.sentence("abcd", List.of("abcx"));
        assertThat(chrf.sentence("abcd", List.of("wxyz", "abcx"))).isEqualTo(alone);
        assertThat(chrf.sentence("abcd", List.of("abcx", "wxyz"))).isEqualTo(alone);
    }

    @Test
    void charactersAreCodePointsAndSpacesArePythons() {
        Chrf chrf = new Chrf(1, 0, 2, false, false, false);
        assertThat(chrf.sentence("\uD83D\uDE00", List.of("\uD83D\uDE01"))).isZero();
        assertThat(chrf.sentence("a\u00A0b\u0085c\u202Fd\u2007e", List.of("abcde")))
                .isEqualTo(100);
        assertThat(chrf.sentence("a\u200Bb", List.of("ab"))).isLessThan(100);
    }

    @Test
    void nameAndSignatureAreSacrebleus() {
        assertThat(Chrf.chrf2().name()).isEqualTo("chrF2");
        assertThat(Chrf.chrf2PlusPlus().name()).isEqualTo("chrF2++");
        assertThat(Chrf.chrf2PlusPlus().signature(SignatureContext.of(1, "0.1.0")))
                .isEqualTo("nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0+bayling.0.1.0");
        assertThat(new Chrf(6, 0, 2, true, true, true).signature(SignatureContext.of(2, "0.1.0")))
                .isEqualTo("nrefs:2|case:lc|eff:no|nc:6|nw:0|space:yes|version:2.6.0+bayling.0.1.0");
    }

    @Test
    void unequalSidesAreRefusedWithBothCounts() {
        assertThatThrownBy(() -> Chrf.chrf2().corpus(List.of("a", "b"), List.of(List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 hypotheses, but references for 1 segments");
        assertThatThrownBy(() -> Chrf.chrf2().corpus(List.of("a"), List.of(List.of())))
                .hasMessage("segment 1 has no reference");
    }
}
