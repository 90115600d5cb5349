package org.bayling.data;

import java.util.Optional;

/**
 * What a sample's loss is logged under: the trainer shows {@code dataset/<name>} and {@code language/<tag>}.
 *
 * @param dataset name of the data set
 * @param language BCP 47 tag of the row, or of its data set; empty when neither says one
 */
public record Group(String dataset, Optional<String> language) {}
