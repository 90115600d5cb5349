package org.bayling.corpus.build;

import java.io.Serializable;

/**
 * Some items that follow each other in a source, 1024 before the filters, as every build in parts cuts them.
 *
 * @param source index in the recipe
 * @param number of the part in its source, from 0
 */
public record Part(int source, int number) implements Serializable {}
