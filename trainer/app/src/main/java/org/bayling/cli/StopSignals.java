package org.bayling.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM and SIGINT while a run lasts: the first asks the run to stop after its step and a checkpoint, the second ends
 * the process at once. A shutdown hook could not tell the second from the first.
 */
final class StopSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final AtomicInteger received = new AtomicInteger();
    private final Consumer<String> notice;

    /** @param notice takes the line that tells the person what happens; called by a thread of the JVM */
    StopSignals(Consumer<String> notice) {
        this.notice = notice;
        for (String name : NAMES) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, this::received));
        }
    }

    /** Whether one came. */
    boolean requested() {
        return received.get() > 0;
    }

    private void received(Signal signal) {
        if (received.incrementAndGet() > 1) {
            // As a shell reports a process that a signal ended; no hooks, so that nothing can hold it up.
            Runtime.getRuntime().halt(128 + signal.getNumber());
        }
        notice.accept("SIG" + signal.getName() + ": the run stops after this step and saves a checkpoint; "
                + "once more ends it at once, without");
    }

    /** Puts the handlers of before back. */
    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
