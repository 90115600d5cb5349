package org.bayling.cli;

/**
 * What the process exits with. A supervisor tells by it whether running again can help: not after 2, 10 and 11, at once
 * after 75, a bounded number of times after 1 and 13.
 *
 * <p>The codes 3, 134 and 137 are the Java virtual machine's and the kernel's own and never used here.
 */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;
    /** Failed in a way that has no code of its own. */
    public static final int FAILED = 1;
    /** Wrong usage of the command line, or a wrong configuration. */
    public static final int USAGE = 2;
    /** The data or model files are not what they should be. */
    public static final int DATA = 10;
    /** The machine is not fit: memory, disk, permissions, native libraries, another run in the same folder. */
    public static final int ENVIRONMENT = 11;
    /** The run diverged: too many steps in a row were not finite. */
    public static final int DIVERGED = 12;
    /** Nothing moved for too long. */
    public static final int HANG = 13;
    /** Stopped on request after a checkpoint; run again to resume. */
    public static final int STOPPED = 75;

    private ExitCodes() {}
}
