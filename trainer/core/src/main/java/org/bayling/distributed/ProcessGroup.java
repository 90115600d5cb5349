package org.bayling.distributed;

import ai.djl.ndarray.NDArray;

/** The ranks of a run. Collective calls are made by all ranks in the same order. */
public sealed interface ProcessGroup permits SingleProcess {

    /** This process, from 0. */
    int rank();

    /** Number of processes. */
    int size();

    /** Element-wise sum over all ranks: token counts, loss sums, and the votes of {@link CommitVote}. */
    double[] sum(double[] values);

    /** Sums gradient buffers over all ranks in place, in fp32. */
    void sumGradients(NDArray[] buffers);
}
