package org.bayling.data;

import java.util.Optional;

/**
 * What a sample is counted under, besides its data set; each empty where nothing says it.
 *
 * @param language BCP 47
 * @param task of samples of a corpus
 * @param group of samples of a corpus
 */
record SampleTags(Optional<String> language, Optional<String> task, Optional<String> group) {

    static SampleTags language(Optional<String> language) {
        return new SampleTags(language, Optional.empty(), Optional.empty());
    }

    Group in(String dataset) {
        return new Group(dataset, language, task, group);
    }
}
