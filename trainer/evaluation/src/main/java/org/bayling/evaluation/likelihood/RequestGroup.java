package org.bayling.evaluation.likelihood;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import org.bayling.io.Checksum;

/**
 * Requests that are scored and kept together.
 *
 * @param place file and line that they come from, for people
 * @param requests at least one
 */
public record RequestGroup(String place, List<LikelihoodRequest> requests) {
    private static final int KEY_DIGITS = 32;

    public RequestGroup {
        requests = List.copyOf(requests);
    }

    /** What goes through the model: an input that several requests share counts once. */
    int tokens() {
        return requests.stream()
                .map(request -> IntBuffer.wrap(request.input()))
                .distinct()
                .mapToInt(IntBuffer::remaining)
                .sum();
    }

    /** A digest of all ids. */
    String key() {
        Checksum checksum = new Checksum();
        for (LikelihoodRequest request : requests) {
            ByteBuffer ids = ByteBuffer.allocate(4 * (2 + request.input().length + request.targets().length));
            ids.putInt(request.input().length).putInt(request.targets().length);
            Arrays.stream(request.input()).forEach(ids::putInt);
            Arrays.stream(request.targets()).forEach(ids::putInt);
            checksum.update(ids.flip());
        }
        return checksum.finish().sha256().substring(0, KEY_DIGITS);
    }
}
