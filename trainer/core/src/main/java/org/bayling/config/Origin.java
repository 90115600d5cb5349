package org.bayling.config;

/**
 * Where a value was written.
 *
 * @param source a file's name, {@code override} or {@code default}
 * @param line 1-based; 0 outside a file
 * @param column 1-based; 0 outside a file
 */
record Origin(String source, int line, int column) {

    /** Of a value that nobody wrote. */
    static final Origin DEFAULT = new Origin("default", 0, 0);

    /** Of a value given as {@code key=value}. */
    static final Origin OVERRIDE = new Origin("override", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
