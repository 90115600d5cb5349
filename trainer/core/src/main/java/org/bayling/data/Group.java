package org.bayling.data;

import java.util.Optional;

/**
 * What a sample's loss is logged under: the trainer shows {@code dataset/<name>}, {@code language/<tag>},
 * {@code task/<name>} and {@code group/<name>}.
 *
 * @param dataset name of the data set
 * @param language BCP 47 tag of the row, or of its data set; empty when neither says one
 * @param task of a sample of a corpus, for example {@code translation}; empty in other data
 * @param mixtureGroup group of a corpus, for example {@code cross-lingual}; empty in other data
 */
public record Group(String dataset, Optional<String> language, Optional<String> task, Optional<String> mixtureGroup) {
    /** Of data that are no corpus. */
    public Group(String dataset, Optional<String> language) {
        this(dataset, language, Optional.empty(), Optional.empty());
    }

    /** Data set and language alone, as tables of counts have them. */
    Group ofLanguage() {
        return new Group(dataset, language);
    }
}
