package org.bayling.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CldrFactsTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    private final CldrFacts facts = new CldrFacts();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TERRITORY | DE | fr | Allemagne", "TERRITORY | JP | ru | Япония", "TERRITORY | EG | ar | مصر",
        "TERRITORY | GR | el | Ελλάδα", "TERRITORY | CN | zh | 中国", "TERRITORY | FR | ja | フランス",
        "TERRITORY | KR | ko | 대한민국", "TERRITORY | GE | ka | საქართველო", "TERRITORY | AM | hy | Հայաստան",
        "TERRITORY | IN | hi | भारत", "TERRITORY | TH | th | ไทย", "TERRITORY | IL | he | ישראל",
        "TERRITORY | ET | am | ኢትዮጵያ", "TERRITORY | IN | ta | இந்தியா", "LANGUAGE | fr | sw | Kifaransa",
        "LANGUAGE | en | zh | 英语", "CURRENCY | JPY | zh | 日元", "CURRENCY | EUR | en | Euro",
        "UNIT | kilometer | de | Kilometer", "UNIT | hour | nb | timer", "MONTH | 1 | fi | tammikuu",
        "MONTH | 1 | fa | ژانویه", "WEEKDAY | 2 | es | lunes", "WEEKDAY | 1 | zh | 星期日",
        "NUMBER | 47 | fr | quarante-sept", "NUMBER | 147 | zh | 一百四十七", "NUMBER | 47 | nb | førtisju",
        "NUMBER | 47 | hi | सैंतालीस", "DATE | 2024-03-05 | de | 5. März 2024",
        "DATE | 2024-03-05 | zh | 2024年3月5日", "DATE | 2024-03-05 | th | 5 มีนาคม ค.ศ. 2024",
        "DATE | 2024-03-05 | fa | ۵ مارس ۲۰۲۴", "DATE | 2024-12-31 | vi | 31 tháng 12, 2024"
    })
    void wellKnownFactsAreRight(CldrItem.Category category, String code, String tag, String expected) {
        assertThat(facts.value(new CldrItem(category, code), REGISTRY.require(tag))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"ur", "bn", "zu", "te", "mn"})
    void languagesWithoutSpellOutRulesDoNotFallBackToEnglish(String tag) {
        CldrItem number = new CldrItem(CldrItem.Category.NUMBER, "47");
        assertThat(facts.value(number, REGISTRY.require(tag))).isEmpty();
    }

    @Test
    void theMachinesLocaleChangesNothing() {
        Locale before = Locale.getDefault();
        ULocale icuBefore = ULocale.getDefault();
        CldrItem number = new CldrItem(CldrItem.Category.NUMBER, "47");
        CldrItem unit = new CldrItem(CldrItem.Category.UNIT, "hour");
        Optional<String> english = facts.value(number, REGISTRY.require("en"));
        Optional<String> tatarUnit = facts.value(unit, REGISTRY.require("tt"));
        try {
            ULocale.setDefault(ULocale.GERMANY);
            CldrFacts elsewhere = new CldrFacts();
            assertThat(elsewhere.value(number, REGISTRY.require("ur"))).isEmpty();
            assertThat(elsewhere.value(number, REGISTRY.require("en"))).isEqualTo(english);
            assertThat(elsewhere.value(unit, REGISTRY.require("tt"))).isEqualTo(tatarUnit).isEmpty();
        } finally {
            ULocale.setDefault(icuBefore);
            Locale.setDefault(before);
        }
    }

    @Test
    void atLeastNinetyLanguagesHaveSevenCategoriesOfTheirOwn() {
        long broad = REGISTRY.all().stream()
                .filter(language -> facts.categories(language).size() >= 7)
                .count();
        assertThat(broad).isGreaterThanOrEqualTo(90);
    }

    @Test
    void answersAreComposedAndCarryNoInvisibleMarks() {
        NanoSelection selection = new NanoSelection(REGISTRY, 1);
        for (Language language : selection.languages()) {
            for (CldrItem.Category category : CldrItem.Category.values()) {
                for (CldrItem item : selection.items(category)) {
                    facts.value(item, language).ifPresent(value -> assertThat(value)
                            .as(item.id() + " in " + language.tag())
                            .isEqualTo(Normalizer.normalize(value, Normalizer.Form.NFC))
                            .doesNotContainPattern("[\\u00AD\\u00A0\\u200B\\u200E\\u200F\\u202F\\n]")
                            .isEqualTo(value.strip()));
                }
            }
        }
    }
}
