package org.bayling.observe;

/**
 * Somewhere that the progress of one long task goes: reading data, loading weights, generating answers. Cheap enough
 * to call for every item; called by one thread at a time.
 */
@FunctionalInterface
public interface TaskProgress {

    /**
     * @param name of the task, the same for all its calls; another name begins another task
     * @param done units done so far; the task is over when this reaches {@code total}
     * @param total units in all; -1 while unknown
     * @param unit plural noun, for example {@code rows}
     */
    void on(String name, long done, long total, String unit);

    /** Tells nobody. */
    static TaskProgress silent() {
        return (name, done, total, unit) -> {};
    }
}
