package org.bayling.corpus;

import java.util.Optional;

/**
 * One written language: a language in one script.
 *
 * @param tag BCP 47, as short as it can be: {@code zh} (not {@code zh-Hans}), {@code zh-Hant}, {@code sr-Latn}
 * @param iso3 ISO 639-3, for example {@code zho}
 * @param english name in English, for example {@code Chinese}
 * @param chinese name in Chinese, for example {@code 中文}; where CLDR has none, the English one and 语
 * @param own name in the language itself, for example {@code Deutsch}; the English one where CLDR has none
 * @param script ISO 15924, for example {@code Hans}; {@code Zyyy} where it is not known
 * @param direction of its text
 * @param resources how much text there is
 * @param flores200 its code in FLORES-200, for example {@code zho_Hans}
 * @param flores101 its code in FLORES-101, for example {@code zho_simpl}
 */
public record Language(
        String tag,
        String iso3,
        String english,
        String chinese,
        String own,
        String script,
        Direction direction,
        ResourceClass resources,
        Optional<String> flores200,
        Optional<String> flores101) {

    /** Where a line of text begins. */
    public enum Direction {
        LEFT_TO_RIGHT,
        RIGHT_TO_LEFT
    }

    /** The name in a pivot. */
    public String nameIn(Pivot pivot) {
        return pivot == Pivot.ENGLISH ? english : chinese;
    }
}
