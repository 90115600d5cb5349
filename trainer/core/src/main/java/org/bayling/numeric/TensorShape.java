package org.bayling.numeric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The extents of a tensor, outermost first; rank 0 is a scalar. Its element count never overflows a long. */
public record TensorShape(List<Long> extents) {

    public TensorShape {
        extents = List.copyOf(extents);
        long count = 1;
        for (long extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("a tensor extent must be >= 0, got " + extents);
            }
            try {
                count = Math.multiplyExact(count, extent);
            } catch (ArithmeticException overflow) {
                throw new IllegalArgumentException("the element count of shape " + extents + " overflows", overflow);
            }
        }
    }

    public static TensorShape of(long... extents) {
        return new TensorShape(Arrays.stream(extents).boxed().toList());
    }

    /** Number of dimensions. */
    public int rank() {
        return extents.size();
    }

    /** Extent of one dimension. */
    public long get(int dimension) {
        return extents.get(dimension);
    }

    /** Number of elements; 1 for a scalar. */
    public long elements() {
        long count = 1;
        for (long extent : extents) {
            count *= extent;
        }
        return count;
    }

    /** The extents as an array of its own. */
    public long[] toArray() {
        return extents.stream().mapToLong(Long::longValue).toArray();
    }

    /** For messages: {@code [576, 1536]}. */
    @Override
    public String toString() {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
