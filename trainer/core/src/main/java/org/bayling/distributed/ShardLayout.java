package org.bayling.distributed;

/**
 * Which elements of a flattened parameter's optimizer state a rank holds. State is written by parameter name and element
 * range, so that any number of ranks can read what any other number wrote.
 *
 * @param ranks that share the state
 */
public record ShardLayout(int ranks) {

    /**
     * Elements [first, first + length).
     *
     * @param first 0-based
     */
    public record ElementRange(long first, long length) {}

    public ShardLayout {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks must be >= 1, got " + ranks);
        }
    }

    /** The part of one rank; parts differ by one element at most and cover everything in order. */
    public ElementRange range(int rank, long elements) {
        long first = elements * rank / ranks;
        return new ElementRange(first, elements * (rank + 1) / ranks - first);
    }
}
