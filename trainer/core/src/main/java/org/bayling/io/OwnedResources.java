package org.bayling.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Resources that are opened one after another and closed together, last opened first. Used by one thread. */
public final class OwnedResources implements Closeable {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    /** Takes over the closing of a resource, and gives it back for use. */
    public <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /**
     * Closes everything, whatever fails on the way.
     *
     * @throws IOException around the first failure
     */
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception problem) {
                first = first == null ? new IOException(problem) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
