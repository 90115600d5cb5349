package org.bayling.distributed;

/**
 * What all ranks agree on before an optimizer step: all take it or none does.
 *
 * @param trainedTokens over all ranks
 * @param lossSum over all ranks, nats
 * @param finite whether every rank's loss is finite
 * @param stopRequested whether any rank was asked to stop
 */
public record CommitVote(long trainedTokens, double lossSum, boolean finite, boolean stopRequested) {

    /** One small sum over the ranks. */
    public static CommitVote take(ProcessGroup group, long trainedTokens, double lossSum, boolean stopRequested) {
        boolean finite = Double.isFinite(lossSum);
        double[] sums = group.sum(new double[] {
            trainedTokens, finite ? lossSum : 0, finite ? 0 : 1, stopRequested ? 1 : 0
        });
        return new CommitVote((long) sums[0], sums[2] == 0 ? sums[1] : Double.NaN, sums[2] == 0, sums[3] > 0);
    }
}
