package org.bayling.evaluation.translate;

/**
 * A written language as an evaluation knows it.
 *
 * @param tag BCP 47, as short as it can be: {@code en}, {@code zh-Hant}; codes of one language share it
 * @param english name in English
 * @param chinese name in Chinese; the English one where there is none
 */
public record NamedLanguage(String tag, String english, String chinese) {

    /** The tag without its script: {@code zh} of {@code zh-Hant}. */
    String language() {
        return tag.split("-", 2)[0];
    }
}
