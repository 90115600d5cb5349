package org.bayling.generate;

import org.bayling.observe.TaskProgress;

/** Counts tokens of requests that end at different times: those that ended early take the rest of theirs with them. */
final class BatchProgress {
    private static final String TASK = "generate";

    private final TaskProgress progress;
    private final long most;
    private int requests;
    private long written;

    BatchProgress(TaskProgress progress, int requests, int maxNewTokens, int rows) {
        this.progress = progress;
        this.requests = requests;
        this.most = (long) maxNewTokens * rows;
        on(0);
    }

    /**
     * Tells of the tokens written so far.
     *
     * @param running tokens of the requests under way
     */
    void on(long running) {
        if (requests == 0) {
            return;
        }
        long total = written + requests * most;
        progress.on(TASK, Math.min(written + running, total - 1), total, "tokens");
    }

    /** A request ended with so many tokens. */
    void ended(long tokens) {
        written += tokens;
        requests--;
        if (requests == 0) {
            progress.on(TASK, written, written, "tokens");
        }
    }
}
