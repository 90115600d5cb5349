package org.bayling.corpus.source;

import java.io.IOException;
import java.util.function.Consumer;

/** A source of the recipe; every reading gives the same items in the same order, under bounded memory. */
public interface Source {
    String id();

    /** Licence as the recipe names it; the corpus carries it on. */
    String licence();

    /**
     * Reads all items.
     *
     * @throws IOException naming file and line where the data is not what the recipe says
     */
    void read(Consumer<SourceItem> sink) throws IOException;
}
