package org.bayling.observe;

import java.io.IOException;

/** Somewhere that run events go. Called by one thread, in order; closed once at the end. */
public interface RunObserver extends AutoCloseable {

    void on(RunEvent event) throws IOException;

    @Override
    default void close() throws IOException {}
}
