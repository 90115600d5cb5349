package org.bayling.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
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
                .isNotNull();
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
}
