package org.bayling.tensor;

/** libtorch could not be loaded: an installation problem, not one of the user's input. */
public final class NativeLibraryException extends RuntimeException {
    NativeLibraryException(Throwable cause) {
        super(
                "libtorch could not be loaded (" + cause.getMessage() + "). This program runs on Linux x86-64; run "
                        + "'bayling-train doctor', and check that the DJL cache folder (DJL_CACHE_DIR, default ~/.djl.ai) "
                        + "is writable and its disk not full.",
                cause);
    }
}
