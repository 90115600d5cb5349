package org.bayling.spark;

import org.apache.spark.Partitioner;

/** Places of the corpus to shards. */
final class ShardPartitioner extends Partitioner {
    private final int shards;
    private final int samplesPerShard;

    ShardPartitioner(long samples, int samplesPerShard) {
        this.shards = Math.toIntExact((samples + samplesPerShard - 1) / samplesPerShard);
        this.samplesPerShard = samplesPerShard;
    }

    @Override
    public int numPartitions() {
        return shards;
    }

    @Override
    public int getPartition(Object place) {
        return (int) ((Long) place / samplesPerShard);
    }
}
