package org.bayling.corpus.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bayling.corpus.source.SourceItem;
import org.bayling.io.FaultPoint;

/** Writes the items of a source, part by part. */
final class PartCutter implements AutoCloseable {
    private final PartFiles files;
    private final int source;
    private ItemStore.Writer open;
    private long items;

    PartCutter(PartFiles files, int source) {
        this.files = files;
        this.source = source;
    }

    /** Takes the next item; what goes wrong is thrown unchecked. */
    void add(SourceItem item) {
        try {
            if (items % ItemsDigest.PART == 0) {
                finish();
                Part part = new Part(source, Math.toIntExact(items / ItemsDigest.PART));
                open = new ItemStore.Writer(files.of(PartFiles.Content.ITEMS, part), FaultPoint.NONE);
            }
            open.add(item);
            items++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the part that is open.
     *
     * @return items so far
     */
    long finish() throws IOException {
        if (open != null) {
            open.publish();
            close();
        }
        return items;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
