package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bayling.evaluation.translation.Bleu.Smoothing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of sacreBLEU's own tests, with the digits that it gives for them. */
class BleuTest {
    private static final List<String> DOG =
            List.of("The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");
    private static final List<List<String>> DOG_REFERENCES = List.of(
            List.of("The dog bit the man.", "The dog had bit the man."),
            List.of("It was not unexpected.", "No one was surprised."),
            List.of("The man bit him first.", "The man had bitten the dog."));
    private static final String SUGAR = "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";
    private static final List<String> SUGAR_REFERENCE = List.of("producţia de zahăr brut se exprimă în zahăr alb;");

    private static Bleu bleu(String tokenizer, Smoothing smoothing, int order, boolean effective) {
        return new Bleu(BleuTokenizer.named(tokenizer).orElseThrow(), false, smoothing, order, effective);
    }

    @ParameterizedTest
    @CsvSource({
        "13a, 4, 48.530827009929865",
        "none, 4, 49.19195660047277",
        "intl, 4, 43.91623493336995",
        "13a, 1, 77.64837655275439",
        "13a, 2, 60.50312757020198",
        "13a, 3, 53.93393139430307",
        "13a, 5, 46.14416643541557",
        "13a, 6, 43.283197812670714"
    })
    void corpusScoresAreThePublishedOnes(String tokenizer, int order, double score) {
        assertThat(bleu(tokenizer, Smoothing.exp(), order, false).corpus(DOG, DOG_REFERENCES))
                .isCloseTo(score, within(1e-9));
    }

    @Test
    void emptyHypothesesScoreNothing() {
        assertThat(Bleu.standard().corpus(List.of("", "", ""), DOG_REFERENCES)).isZero();
    }

    @Test
    void theLineOfPartsIsSacrebleus() {
        assertThat(Bleu.standard().scoreCorpus(DOG, DOG_REFERENCES).verbose())
                .isEqualTo("82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)");
    }

    @ParameterizedTest
    @CsvSource({
        "exp, 0, 13a, 8.493098745313148",
        "exp, 0, intl, 8.493098745313148",
        "none, 0, 13a, 0",
        "floor, 0.1, 13a, 4.516881220954753",
        "floor, 0.5, 13a, 10.100053456347073",
        "add-k, 1, 13a, 14.882560178972215",
        "add-k, 2, 13a, 21.389460275371086",
        "exp, 0, none, 7.347053125977879",
        "exp, 0, char, 40.875973647629166"
    })
    void sentenceScoresAreThePublishedOnes(String method, double value, String tokenizer, double score) {
        Smoothing smoothing = new Smoothing(method(method), value);
        assertThat(bleu(tokenizer, smoothing, 4, true).sentence(SUGAR, SUGAR_REFERENCE))
                .isCloseTo(score, within(1e-9));
        assertThat(bleu("13a", smoothing, 4, true).sentence("this is a cat", List.of("okay thanks")))
                .isZero();
    }

    private static Bleu.SmoothMethod method(String word) {
        return Arrays.stream(Bleu.SmoothMethod.values())
                .filter(method -> method.toString().equals(word))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lowerCasedCharactersScoreHigher() {
        Bleu lower = new Bleu(BleuTokenizer.CHAR, true, Smoothing.exp(), 4, true);
        assertThat(lower.sentence(SUGAR, SUGAR_REFERENCE)).isCloseTo(42.02678206410298, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "this is a fest, this is a test, 22.3606797749979",
        "this is a test, this is a test, 100",
        "test, a test, 36.78794411714425",
        "a test, a test, 100",
        "a little test, a test, 3.218297948685433"
    })
    void shortTextsAreScoredByTheOrdersTheyHave(String hypothesis, String reference, double score) {
        assertThat(bleu("none", Smoothing.floor(0.01), 4, true).sentence(hypothesis, List.of(reference)))
                .isCloseTo(score, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "9 7 5 3, 10 8 6 4, 11, 11, 0, 83.75922397",
        "0 0 0 0, 4 4 2 1, 0, 1, 0, 0",
        "0 0 0 0, 10 11 12 0, 14, 10, 0, 0",
        "0 0 0 0, 0 0 0 0, 0, 0, 0.1, 0",
        "6 5 4 0, 6 5 4 3, 6, 6, 0, 0",
        "0 0 0 0, 0 0 0 0, 1, 5, 0.01, 0"
    })
    void degenerateCountsAreScored(String correct, String total, int length, int reference, double v, double score) {
        List<Double> sums = new ArrayList<>(List.of((double) length, (double) reference));
        for (String count : (correct + " " + total).split(" ")) {
            sums.add(Double.parseDouble(count));
        }
        double[] values = sums.stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(bleu("none", Smoothing.floor(v), 4, false).score(values).score())
                .isCloseTo(score, within(1e-8));
    }

    @Test
    void anIdenticalCorpusThatIsTooShortScoresNothing() {
        assertThat(Bleu.standard().sentence("one two three", List.of("one two three")))
                .isZero();
    }

    @Test
    void segmentsMayHaveDifferentNumbersOfReferences() {
        List<List<String>> uneven =
                List.of(DOG_REFERENCES.get(0), DOG_REFERENCES.get(1).subList(0, 1), DOG_REFERENCES.get(2));
        assertThat(Bleu.standard().corpus(DOG, uneven)).isBetween(1.0, 100.0);
        assertThat(Bleu.standard().signature(SignatureContext.of(0, "1"))).startsWith("nrefs:var|");
    }

    @Test
    void signaturesHaveSacrebleusOrderAndShortForms() {
        SignatureContext context =
                new SignatureContext(2, OptionalInt.of(1000), OptionalInt.empty(), OptionalLong.of(12345), "1");
        Bleu bleu = bleu("zh", Smoothing.floor(0.1), 4, true);
        assertThat(bleu.signature(context))
                .isEqualTo("nrefs:2|bs:1000|seed:12345|case:mixed|eff:yes|tok:zh|smooth:floor[0.10]"
                        + "|version:2.6.0+bayling.1");
        assertThat(bleu.signature(context, true))
                .isEqualTo("#:2|bs:1000|rs:12345|c:mixed|e:yes|tok:zh|s:floor[0.10]|v:2.6.0+bayling.1");
        assertThat(Ter.standard().signature(SignatureContext.of(1, "1"), true))
                .isEqualTo("#:1|c:lc|t:tercom|nr:no|pn:yes|as:no|v:2.6.0+bayling.1");
    }

    @Test
    void anOrderBelowOneIsRefused() {
        assertThatThrownBy(() -> bleu("13a", Smoothing.exp(), 0, false)).hasMessageContaining("1 is the least");
    }
}
