package org.bayling.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.stream.Stream;
import org.bayling.checkpoint.TensorNotFoundException;
import org.bayling.config.ConfigException;
import org.bayling.io.RunLockedException;
import org.bayling.model.InvalidModelException;
import org.bayling.tensor.NativeLibraryException;
import org.bayling.tokenizer.MalformedTextException;
import org.bayling.tokenizer.TokenizerException;
import org.bayling.tokenizer.chat.TemplateException;
import org.bayling.train.NotEnoughMemoryException;

/**
 * What a person and a supervisor are told of an exception that ended a command.
 *
 * @param exitCode one of {@link ExitCodes}
 * @param message what went wrong and what to do next
 * @param expected true when the message was written for the person; false for a fault of the program
 */
record Failure(int exitCode, String message, boolean expected) {

    private static final String LESS_MEMORY =
            "a smaller per_device_train_batch_size (with more gradient_accumulation_steps), a shorter cutoff_len, "
                    + "gradient_checkpointing: full or precision: bf16 takes less";

    /** Tells by the type; by the words only where the operating system and libtorch give nothing else. */
    static Failure of(Throwable problem) {
        if (isNativeOutOfMemory(problem)) {
            return environment("out of memory: " + firstLine(problem) + "; " + LESS_MEMORY);
        }
        if (problem instanceof OutOfMemoryError) {
            return environment("out of memory: " + text(problem) + "; " + moreMemory(text(problem)));
        }
        if (problem instanceof NativeLibraryException) {
            return environment(text(problem));
        }
        if (problem instanceof LinkageError) {
            return environment("a library cannot be loaded: " + text(problem) + "; bayling-train doctor shows which");
        }
        if (problem instanceof ConfigException) {
            return new Failure(ExitCodes.USAGE, "the configuration cannot be used:\n" + text(problem), true);
        }
        if (problem instanceof TensorNotFoundException
                || problem instanceof TokenizerException
                || problem instanceof TemplateException
                || problem instanceof InvalidModelException
                || problem instanceof MalformedTextException) {
            return data(text(problem));
        }
        if (problem instanceof IOException) {
            return ofFile((IOException) problem);
        }
        return new Failure(ExitCodes.FAILED, problem.getClass().getSimpleName() + ": " + text(problem), false);
    }

    /** Files whose content is refused throw their own messages; the operating system's are put into words here. */
    private static Failure ofFile(IOException problem) {
        if (problem instanceof NoSuchFileException missing) {
            return data(missing.getFile() + ": there is no such file or directory");
        }
        if (problem instanceof NotDirectoryException file) {
            return data(file.getFile() + ": is not a directory");
        }
        if (problem instanceof FileAlreadyExistsException file) {
            return environment(file.getFile() + ": is there already; choose another name or move it away");
        }
        if (problem instanceof AccessDeniedException denied) {
            return environment(denied.getFile() + ": permission denied; check its owner and mode");
        }
        if (problem instanceof CharacterCodingException) {
            return data("the input is not UTF-8 text (" + text(problem) + ")");
        }
        if (problem instanceof RunLockedException
                || problem instanceof NotEnoughMemoryException
                || text(problem).contains("not enough disk space")) {
            return environment(text(problem));
        }
        if (isOutOfSpace(problem)) {
            return environment(text(problem) + "; free some space, or write to another disk");
        }
        return problem instanceof FileSystemException
                ? environment(text(problem) + "; choose a place that this program may write to")
                : data(text(problem));
    }

    private static boolean isOutOfSpace(IOException problem) {
        return Stream.of("No space left on device", "Disk quota exceeded").anyMatch(text(problem)::contains);
    }

    /** libtorch throws the same type for everything. */
    private static boolean isNativeOutOfMemory(Throwable problem) {
        return Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
                .map(Failure::text)
                .anyMatch(text -> text.contains("can't allocate memory") || text.contains("CUDA out of memory"));
    }

    private static String moreMemory(String what) {
        String lower = what.toLowerCase(Locale.ROOT);
        if (lower.contains("direct buffer")) {
            return "give buffers more, BAYLING_JAVA_OPTS=-XX:MaxDirectMemorySize=8g, or less to do: " + LESS_MEMORY;
        }
        return lower.contains("native thread")
                ? "the machine allows no more threads (ulimit -u)"
                : "give the Java heap more, BAYLING_JAVA_OPTS=-Xmx6g";
    }

    private static Failure data(String message) {
        return new Failure(ExitCodes.DATA, message, true);
    }

    private static Failure environment(String message) {
        return new Failure(ExitCodes.ENVIRONMENT, message, true);
    }

    private static String firstLine(Throwable problem) {
        return text(problem).lines().findFirst().orElse("");
    }

    private static String text(Throwable problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }
}
