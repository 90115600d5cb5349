package org.bayling.evaluation.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bayling.evaluation.translation.LanguageScores.Answer;
import org.junit.jupiter.api.Test;

class LanguageScoresTest {

    @Test
    void eachLanguageAndAllOfThemAreScoredByThemselves() {
        LanguageScores scores = LanguageScores.of(List.of(
                new Answer("fr", "Allemagne", "Allemagne"),
                new Answer("de", "Frankreich", "Deutschland"),
                new Answer("fr", " lundi ", "lundi"),
                new Answer("fr", "mardi", "lundi")));
        assertThat(scores.byGroup().keySet()).containsExactly("de", "fr");
        assertThat(scores.byGroup().get("fr").answers()).isEqualTo(3);
        assertThat(scores.byGroup().get("fr").exact()).isEqualTo(2);
        assertThat(scores.byGroup().get("de").exactMatch()).isZero();
        assertThat(scores.all().exactMatch()).isEqualTo(50);
        assertThat(scores.byGroup().get("fr").chrf())
                .isGreaterThan(scores.byGroup().get("de").chrf());
    }

    @Test
    void exactMatchComparesComposedFormsAndKeepsCase() {
        assertThat(ExactMatch.of("Espan\u0303a\u00A0", "Espa\u00F1a")).isTrue();
        assertThat(ExactMatch.of("lundi", "Lundi")).isFalse();
        assertThat(ExactMatch.of("", "a")).isFalse();
    }
}
