package org.bayling.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.config.DataConfig;

/** Counts the rows of one data set by language, while they are read. */
final class LanguageCounts {
    private final String dataset;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<DataReport.Line> lines = new ArrayList<>();

    LanguageCounts(DataConfig.Dataset dataset) {
        this.dataset = dataset.name();
    }

    /**
     * Counts one row.
     *
     * @param sample what is trained on; empty when the row is bad or dropped
     */
    void count(
            Optional<String> language, Optional<EncodedSample> sample, int trainedBytes, boolean bad, boolean overlong) {
        String tag = language.orElse("");
        int number = numbers.computeIfAbsent(tag, t -> numbers.size());
        Group group = new Group(dataset, language);
        if (number == lines.size()) {
            lines.add(new DataReport.Line(group, 0, 0, 0, 0, 0, 0, 0, 0));
        }
        boolean used = sample.isPresent();
        lines.set(
                number,
                lines.get(number)
                        .plus(new DataReport.Line(
                                group,
                                1,
                                used ? 1 : 0,
                                bad ? 1 : 0,
                                overlong ? 1 : 0,
                                used || bad ? 0 : 1,
                                sample.map(EncodedSample::length).orElse(0),
                                sample.map(EncodedSample::trainedTokens).orElse(0),
                                trainedBytes)));
    }

    /** Counts in the order of the numbers. */
    List<DataReport.Line> lines() {
        return List.copyOf(lines);
    }
}
