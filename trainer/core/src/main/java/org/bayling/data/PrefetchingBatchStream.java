package org.bayling.data;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares the next step in a thread of its own while this one is computed. What goes wrong there is thrown when that
 * step is asked for. For use by one thread; owns the stream that it reads from.
 */
public final class PrefetchingBatchStream implements BatchStream {
    private final BatchStream source;
    private final ExecutorService thread;
    private long aheadStep = -1;
    private Future<List<Batch>> ahead;

    /** @param source must be safe for use by several threads */
    public PrefetchingBatchStream(BatchStream source) {
        this.source = source;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "bayling-prefetch");
            created.setDaemon(true);
            return created;
        });
    }

    @Override
    public List<Group> groups() {
        return source.groups();
    }

    @Override
    public long samplesPerEpoch() {
        return source.samplesPerEpoch();
    }

    @Override
    public long stepsPerEpoch() {
        return source.stepsPerEpoch();
    }

    @Override
    public long steps(double epochs) {
        return source.steps(epochs);
    }

    @Override
    public double epochs(long steps) {
        return source.epochs(steps);
    }

    @Override
    public List<Batch> step(long step) throws IOException {
        Future<List<Batch>> wanted = step == aheadStep ? ahead : thread.submit(() -> source.step(step));
        aheadStep = step + 1;
        ahead = thread.submit(() -> source.step(step + 1));
        try {
            return wanted.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for step " + step, e);
        } catch (ExecutionException e) {
            throw rethrown(step, e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        // Not interrupted: an interrupt would close the file under the reader.
        thread.shutdown();
        source.close();
    }

    private static IOException rethrown(long step, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof IOException known
                ? known
                : new IOException("step " + step + " could not be prepared: " + cause, cause);
    }
}
