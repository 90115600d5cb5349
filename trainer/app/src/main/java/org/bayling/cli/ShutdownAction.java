package org.bayling.cli;

/** What is to be done when this process is told to end in the middle of some work; closing it takes it back. */
final class ShutdownAction implements AutoCloseable {
    private final Thread hook;

    ShutdownAction(Runnable action) {
        hook = new Thread(action);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException problem) {
            // this process is ending already, and the hook runs
        }
    }
}
