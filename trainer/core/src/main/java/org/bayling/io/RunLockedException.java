package org.bayling.io;

import java.io.IOException;

/** Another living process holds the lock of a run; the message names its process id and host. */
public final class RunLockedException extends IOException {
    private final String holder;

    RunLockedException(String message, String holder) {
        super(message);
        this.holder = holder;
    }

    /** What the holder wrote of itself: {@code pid 4711 on host box1, started 2026-01-02T03:04:05Z}. */
    public String holder() {
        return holder;
    }
}
