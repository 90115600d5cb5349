package org.bayling.evaluation.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.bayling.evaluation.language.LanguageIdentifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageIdentifierTest {

    @ParameterizedTest
    @CsvSource({
        "de, Die Kinder spielen am Nachmittag im Garten hinter dem Haus., RIGHT",
        "deu_Latn, Die Kinder spielen am Nachmittag im Garten hinter dem Haus., RIGHT",
        "de, The children are playing in the garden behind the house., WRONG",
        "nl, Die Kinder spielen am Nachmittag im Garten hinter dem Haus., WRONG",
        "zh, 孩子们下午在屋后的花园里玩。, RIGHT",
        "zho_Hant, 孩子們下午在屋後的花園裡玩。, RIGHT",
        "zh, The children are playing in the garden., WRONG",
        "zh, 子どもたちは家の裏の庭で遊んでいます。, WRONG",
        "ja, 子どもたちは家の裏の庭で遊んでいます。, RIGHT",
        "ru, Дети играют днём в саду за домом., RIGHT",
        "no, Barna leker i hagen bak huset om ettermiddagen., RIGHT",
        "arb, الأطفال يلعبون في الحديقة خلف المنزل بعد الظهر, RIGHT"
    })
    void aKnownLanguageIsToldByItsLetters(String code, String text, Verdict verdict) {
        LanguageIdentifier identifier = LanguageIdentifier.of(code);
        assertThat(identifier.method()).isEqualTo("letter statistics");
        assertThat(identifier.judge(text)).isEqualTo(verdict);
    }

    @Test
    void aLanguageThatIsNotKnownIsToldByItsScriptAndSaysSo() {
        LanguageIdentifier khmer = LanguageIdentifier.of("km");
        assertThat(khmer.method()).isEqualTo("script only");
        assertThat(khmer.judge("កុមារកំពុងលេងនៅក្នុងសួន")).isEqualTo(Verdict.RIGHT);
        assertThat(khmer.judge("The children are playing.")).isEqualTo(Verdict.WRONG);
        assertThat(khmer.judge("12:30")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void fewLettersAreNotTold() {
        assertThat(LanguageIdentifier.of("de").judge("Hallo!")).isEqualTo(Verdict.UNKNOWN);
        assertThat(LanguageIdentifier.of("de").judge("你好")).isEqualTo(Verdict.WRONG);
    }
}
