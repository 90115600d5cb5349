package org.bayling.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.bayling.corpus.build.MadeSamples;
import org.bayling.corpus.build.Part;
import org.bayling.corpus.build.PartWork;
import scala.Tuple2;

/** The samples of several parts, each with its place, one part after another. */
final class SamplesOfParts implements Iterator<Tuple2<Long, byte[]>> {
    private final PartWork work;
    private final Iterator<Part> parts;
    private MadeSamples made;

    /** In a task, whose end, however it comes, closes what is open. */
    SamplesOfParts(PartWork work, Iterator<Part> parts, TaskContext task) {
        this.work = work;
        this.parts = parts;
        TaskCompletionListener atEnd = context -> close();
        task.addTaskCompletionListener(atEnd);
    }

    @Override
    public boolean hasNext() {
        while (made == null || !made.hasNext()) {
            close();
            if (!parts.hasNext()) {
                return false;
            }
            open(parts.next());
        }
        return true;
    }

    @Override
    public Tuple2<Long, byte[]> next() {
        MadeSamples.Placed sample = made.next();
        return new Tuple2<>(sample.place(), sample.line());
    }

    private void open(Part part) {
        try {
            made = work.make(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        try {
            if (made != null) {
                made.close();
                made = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
