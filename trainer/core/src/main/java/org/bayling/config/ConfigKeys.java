package org.bayling.config;

import java.util.List;
import java.util.stream.Stream;

/** The whole key table; parsing, hints, docs and the JSON Schema are all derived from it. */
final class ConfigKeys {
    /** Keys of the file. */
    static final KeyTable ROOT = new KeyTable(
            Stream.of(
                            ModelKeys.ALL,
                            DataKeys.ALL,
                            TrainingKeys.BATCH,
                            TrainingKeys.OPTIMIZER,
                            TrainingKeys.PRECISION,
                            OutputKeys.ALL)
                    .flatMap(List::stream)
                    .toList(),
            ForeignKeys.ROOT);

    /** Keys of one item of {@code datasets} and {@code eval_dataset}. */
    static final KeyTable DATASET = new KeyTable(DataKeys.ITEM, ForeignKeys.DATASET);

    private ConfigKeys() {}
}
