package org.bayling.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/**
 * What a person and a supervisor are told of an exception that ended a command.
 *
 * @param exitCode one of {@link ExitCodes}
 * @param message what went wrong and what to do next
 * @param expected true when the message was written for the person; false for a fault of the program
 */
record Failure(int exitCode, String message, boolean expected) {

    private static final String SMALLER =
            "a smaller per_device_train_batch_size (with more gradient_accumulation_steps), a shorter cutoff_len, "
                    + "gradient_checkpointing: full or precision: bf16 needs less";

    /** Tells by the type, never by the text, save for what native code only says in words. */
    static Failure of(Throwable problem) {
        if (problem instanceof OutOfMemoryError) {
            return outOfMemory((OutOfMemoryError) problem);
        }
        if (problem instanceof LinkageError) {
            return new Failure(
                    ExitCodes.ENVIRONMENT,
                    "a native library cannot be loaded: " + text(problem)
                            + "; bayling-train doctor shows what is missing",
                    true);
        }
        if (problem instanceof IOException) {
            return ofFile((IOException) problem);
        }
        if (isNativeOutOfMemory(problem)) {
            return new Failure(ExitCodes.ENVIRONMENT, "out of memory: " + firstLine(problem) + "; " + SMALLER, true);
        }
        return new Failure(ExitCodes.FAILED, problem.getClass().getSimpleName() + ": " + text(problem), false);
    }

    private static Failure outOfMemory(OutOfMemoryError problem) {
        String what = text(problem).toLowerCase(Locale.ROOT);
        String next = what.contains("direct buffer")
                ? "give buffers more, BAYLING_JAVA_OPTS=-XX:MaxDirectMemorySize=8g, or ask for less: " + SMALLER
                : what.contains("native thread")
                        ? "the machine allows no more threads (ulimit -u)"
                        : "give the Java heap more, BAYLING_JAVA_OPTS=-Xmx6g";
        return new Failure(ExitCodes.ENVIRONMENT, "out of memory: " + text(problem) + "; " + next, true);
    }

    private static Failure ofFile(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return new Failure(
                    ExitCodes.DATA, ((NoSuchFileException) problem).getFile() + ": there is no such file", true);
        }
        if (problem instanceof NotDirectoryException) {
            return new Failure(
                    ExitCodes.DATA, ((NotDirectoryException) problem).getFile() + ": is not a directory", true);
        }
        if (problem instanceof AccessDeniedException) {
            return new Failure(
                    ExitCodes.ENVIRONMENT,
                    ((AccessDeniedException) problem).getFile() + ": permission denied; check its owner and mode",
                    true);
        }
        if (problem instanceof FileSystemException || text(problem).contains("No space left on device")) {
            return new Failure(ExitCodes.ENVIRONMENT, text(problem), true);
        }
        return new Failure(ExitCodes.FAILED, text(problem), true);
    }

    /** libtorch throws the same type for everything; its words are all there is. */
    private static boolean isNativeOutOfMemory(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            String text = text(cause);
            if (text.contains("can't allocate memory") || text.contains("CUDA out of memory")) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(Throwable problem) {
        return text(problem).lines().findFirst().orElse("");
    }

    private static String text(Throwable problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }
}
