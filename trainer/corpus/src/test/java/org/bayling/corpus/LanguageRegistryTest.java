package org.bayling.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageRegistryTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    @ParameterizedTest
    @CsvSource({
        "zh, zh", "zh-CN, zh", "zh_Hans, zh", "zho_Hans, zh", "zho_simpl, zh", "Chinese, zh", "中文, zh",
        "zh-TW, zh-Hant", "zho_Hant, zh-Hant", "zho_trad, zh-Hant", "zh-Hant-HK, zh-Hant", "yue_Hant, yue",
        "no, nb", "nor, nb", "nob, nb", "nob_Latn, nb", "no-NO, nb", "Norwegian, nb", "nn, nn", "nno_Latn, nn",
        "sr, sr", "srp_Cyrl, sr", "sr-Latn, sr-Latn", "srp_Latn, sr-Latn", "sh, sr-Latn", "SR-latn-RS, sr-Latn",
        "iw, he", "in, id", "jw, jv", "mo, ro", "tl, fil", "tgl_Latn, fil", "arb_Arab, ar", "azj_Latn, az",
        "khk_Cyrl, mn", "lvs_Latn, lv", "npi_Deva, ne", "pes_Arab, fa", "pbt_Arab, ps", "swh_Latn, sw",
        "uzn_Latn, uz", "zsm_Latn, ms", "gaz_Latn, om", "als_Latn, sq", "kmr_Latn, ku", "ckb_Arab, ckb",
        "pt-BR, pt", "Deutsch, de", "德语, de", "Français, fr", "yoruba, yo", "uz-Cyrl, uz-Cyrl"
    })
    void everyNameOfALanguageLeadsToTheSameTag(String codeOrName, String tag) {
        assertThat(REGISTRY.require(codeOrName).tag()).isEqualTo(tag);
    }

    @Test
    void codesNamesScriptAndDirectionComeFromCldr() {
        assertThat(REGISTRY.require("ur"))
                .isEqualTo(new Language(
                        "ur", "urd", "Urdu", "乌尔都语", "اردو", "Arab", Language.Direction.RIGHT_TO_LEFT,
                        ResourceClass.LOW, Optional.of("urd_Arab"), Optional.of("urd")));
        assertThat(REGISTRY.require("sr-Latn").script()).isEqualTo("Latn");
        assertThat(REGISTRY.require("zh").script()).isEqualTo("Hans");
        assertThat(REGISTRY.require("de").nameIn(Pivot.CHINESE)).isEqualTo("德语");
    }

    @Test
    void registryIsBroadAndDoesNotDependOnTheMachinesLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(new LanguageRegistry().all()).isEqualTo(REGISTRY.all());
        } finally {
            Locale.setDefault(before);
        }
        assertThat(REGISTRY.all()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    }

    @Test
    void unknownLanguageIsRefusedWithTheNearestOnes() {
        assertThatThrownBy(() -> REGISTRY.require("Germann"))
                .isInstanceOf(UnknownLanguageException.class)
                .hasMessageContaining("\"Germann\"")
                .hasMessageContaining("did you mean de (German)");
        assertThat(REGISTRY.find("")).isEmpty();
        assertThat(REGISTRY.find("xx-Latn")).isEmpty();
        assertThat(REGISTRY.find("false")).isEmpty();
    }

    @Test
    void allOfFloresIsKnownAndEveryCodeLeadsToALanguageOfItsOwn() {
        List<Language> of200 = having(Language::flores200);
        List<Language> of101 = having(Language::flores101);
        assertThat(of200).hasSize(204);
        assertThat(of101).hasSize(102);
        assertThat(of200).allSatisfy(language -> assertThat(REGISTRY.require(language.flores200().orElseThrow()))
                .isEqualTo(language));
        assertThat(of101).allSatisfy(language -> {
            String code = language.flores101().orElseThrow();
            assertThat(REGISTRY.require(code)).isEqualTo(language);
        });
    }

    private static List<Language> having(Function<Language, Optional<String>> code) {
        return REGISTRY.all().stream()
                .filter(language -> code.apply(language).isPresent())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "arb_Arab, ara", "azj_Latn, azj", "ckb_Arab, ckb", "fuv_Latn, ful", "gaz_Latn, orm", "khk_Cyrl, mon",
        "lvs_Latn, lav", "nob_Latn, nob", "npi_Deva, npi", "pbt_Arab, pus", "pes_Arab, fas", "swh_Latn, swh",
        "uzn_Latn, uzb", "zsm_Latn, msa", "zho_Hans, zho_simpl", "zho_Hant, zho_trad", "kea_Latn, kea",
        "slv_Latn, slv"
    })
    void codesThatChangedBetweenTheTwoFloresLeadToOneLanguage(String flores200, String flores101) {
        assertThat(REGISTRY.require(flores200)).isEqualTo(REGISTRY.require(flores101));
        assertThat(REGISTRY.require(flores200).flores101()).contains(flores101);
    }

    @Test
    void ligurianAndLimburgishAreNotInFlores101AsItsTableSays() {
        assertThat(REGISTRY.require("lij_Latn").flores101()).isEmpty();
        assertThat(REGISTRY.require("lim_Latn").flores101()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mo, ro", "ku, ku", "ns, nso", "zho, zh", "zhtrad, zh-Hant", "kor_Hang, ko", "sat_Beng, sat", "sat_Olck, sat",
        "prs_Arab, prs", "fa-AF, prs", "quy_Latn, quy", "twi_Latn, tw", "aka_Latn, ak", "taq_Tfng, taq-Tfng",
        "knc_Arab, kr-Arab", "kas_Deva, ks-Deva", "ayr_Latn, ay", "zlm-Arab, ms-Arab"
    })
    void codesThatOtherProjectsReadDifferentlyAreFixed(String code, String tag) {
        LanguageRegistry registry =
                REGISTRY.with(List.of(LanguageRegistry.declared("ms-Arab", "msa", "Malay (Arabic)", "Arab")));
        assertThat(registry.require(code).tag()).isEqualTo(tag);
    }

    @Test
    void kurdishOfLlamaxIsSoraniOnlyUnderItsOwnCode() {
        assertThat(REGISTRY.require("ckb").english()).isEqualTo("Central Kurdish");
        assertThat(REGISTRY.require("ku").flores200()).contains("kmr_Latn");
    }

    @ParameterizedTest
    @CsvSource({
        "en, HIGH", "zh, HIGH", "zh-Hant, HIGH", "vi, HIGH", "ko, MID", "nb, MID", "sr-Latn, MID", "bn, MID",
        "sw, LOW", "la, LOW", "lv, LOW"
    })
    void resourceClassIsTheShareOfTheWeb(String tag, ResourceClass expected) {
        assertThat(REGISTRY.require(tag).resources()).isEqualTo(expected);
    }

    @Test
    void noTwoLanguagesHaveTheSameName() {
        assertThat(REGISTRY.all()).extracting(Language::english).doesNotHaveDuplicates();
        assertThat(REGISTRY.all()).extracting(Language::chinese).doesNotHaveDuplicates();
    }

    @Test
    void declaredLanguageKeepsTheNameOfItsDataWhereCldrFilesItUnderAnother() {
        Language cusco = LanguageRegistry.declared("quz", "quz", "Cusco Quechua", "Latn");
        Language adlam = LanguageRegistry.declared("fuf-Adlm", "fuf", "Pular", "Adlm");
        assertThat(cusco.nameIn(Pivot.ENGLISH)).isEqualTo("Cusco Quechua");
        assertThat(cusco.nameIn(Pivot.CHINESE)).isEqualTo("Cusco Quechua语");
        assertThat(adlam.nameIn(Pivot.CHINESE)).isEqualTo("Pular语（Adlam）");
        assertThat(adlam.english()).isEqualTo("Pular (Adlam)");
        assertThat(adlam.direction()).isEqualTo(Language.Direction.RIGHT_TO_LEFT);
        LanguageRegistry registry = REGISTRY.with(List.of(cusco, adlam));
        assertThat(registry.require("quz")).isEqualTo(cusco);
        assertThat(registry.require("Cusco Quechua")).isEqualTo(cusco);
        assertThat(registry.all()).hasSize(REGISTRY.all().size() + 2).containsAll(REGISTRY.all());
        assertThat(REGISTRY.find("quz")).isEmpty();
    }
}
