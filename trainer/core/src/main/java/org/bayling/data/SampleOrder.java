package org.bayling.data;

/** The samples of every epoch in their order: a pure function of (epoch, index). */
interface SampleOrder {

    /** Samples of one epoch. */
    long size();

    /** Number, in a {@link SampleSet}, of the sample at a place of an epoch. */
    long at(long epoch, long index);
}
