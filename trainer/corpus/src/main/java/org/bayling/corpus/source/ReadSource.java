package org.bayling.corpus.source;

import java.io.IOException;
import java.util.function.Consumer;

/** A source whose items come from one of the readers. */
record ReadSource(String id, String licence, Reading reading) implements Source {

    /** Reads all items. */
    @FunctionalInterface
    interface Reading {
        void read(Consumer<SourceItem> sink) throws IOException;
    }

    @Override
    public void read(Consumer<SourceItem> sink) throws IOException {
        reading.read(sink);
    }
}
