package org.bayling.corpus.build;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work for several threads whose results are taken in the order in which it was given; giving waits when too much is
 * under way, so that memory is bounded.
 */
final class OrderedWork<T> implements AutoCloseable {
    private static final int EACH = 4;

    private final ExecutorService workers;
    private final Result<T> result;
    private final int most;
    private final Deque<Future<T>> pending = new ArrayDeque<>();

    /** Takes results in order, in the thread that gives the work. */
    @FunctionalInterface
    interface Result<T> {
        void accept(T result) throws IOException;
    }

    OrderedWork(int threads, Result<T> result) {
        this.result = result;
        this.most = threads * EACH;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread created = new Thread(task, "bayling-corpus");
            created.setDaemon(true);
            return created;
        });
    }

    void give(Callable<T> work) throws IOException {
        pending.add(workers.submit(work));
        if (pending.size() >= most) {
            take();
        }
    }

    /** Waits for all that was given. */
    void finish() throws IOException {
        while (!pending.isEmpty()) {
            take();
        }
    }

    private void take() throws IOException {
        try {
            result.accept(pending.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while building a corpus", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static IOException rethrown(Throwable problem) {
        if (problem instanceof IOException expected) {
            return expected;
        }
        if (problem instanceof RuntimeException fault) {
            throw fault;
        }
        if (problem instanceof Error error) {
            throw error;
        }
        return new IOException(problem.getMessage(), problem);
    }

    @Override
    public void close() {
        pending.forEach(future -> future.cancel(true));
        workers.shutdownNow();
    }
}
