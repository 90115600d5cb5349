package org.bayling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bayling.checkpoint.TensorNotFoundException;
import org.bayling.data.DataException;
import org.bayling.io.CorruptFileException;
import org.bayling.tokenizer.TokenizerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    @ParameterizedTest
    @MethodSource("problems")
    void everyKindOfProblemHasItsCodeAndItsNextStep(Throwable problem, int exitCode, String told) {
        Failure failure = Failure.of(problem);
        assertThat(failure.exitCode()).isEqualTo(exitCode);
        assertThat(failure.message()).contains(told);
        assertThat(failure.expected()).isEqualTo(exitCode != ExitCodes.FAILED);
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                arguments(
                        new CorruptFileException(Path.of("m"), "magic", "a", "b"), ExitCodes.DATA, "m: magic: found a"),
                arguments(new TensorNotFoundException("no lm_head.weight"), ExitCodes.DATA, "no lm_head.weight"),
                arguments(new NoSuchFileException("x.gguf"), ExitCodes.DATA, "x.gguf: there is no such file"),
                arguments(new IOException("d: holds no config.json"), ExitCodes.DATA, "d: holds no config.json"),
                arguments(new AccessDeniedException("/root"), ExitCodes.ENVIRONMENT, "/root: permission denied"),
                arguments(new IOException("No space left on device"), ExitCodes.ENVIRONMENT, "another disk"),
                arguments(
                        new IOException("out: not enough disk space for a checkpoint: needed 9, free 3"),
                        ExitCodes.ENVIRONMENT,
                        "needed 9, free 3"),
                arguments(
                        new FileSystemException("a", null, "Read-only file system"),
                        ExitCodes.ENVIRONMENT,
                        "a: Read-only file system"),
                arguments(new DataException("rows.jsonl:3: no answer"), ExitCodes.DATA, "rows.jsonl:3: no answer"),
                arguments(new TokenizerException("t: broken"), ExitCodes.DATA, "t: broken"),
                arguments(new UnsatisfiedLinkError("libtorch.so"), ExitCodes.ENVIRONMENT, "doctor"),
                arguments(new OutOfMemoryError("Java heap space"), ExitCodes.ENVIRONMENT, "-Xmx"),
                arguments(
                        new OutOfMemoryError("Cannot reserve 1 bytes of direct buffer memory"),
                        ExitCodes.ENVIRONMENT,
                        "MaxDirectMemorySize"),
                arguments(
                        new IllegalStateException("step 3", new RuntimeException("CUDA out of memory. Tried 2 GiB")),
                        ExitCodes.ENVIRONMENT,
                        "per_device_train_batch_size"),
                arguments(
                        new RuntimeException("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
                        ExitCodes.ENVIRONMENT,
                        "cutoff_len"),
                arguments(new IllegalStateException("i < n"), ExitCodes.FAILED, "IllegalStateException: i < n"),
                arguments(new NullPointerException(), ExitCodes.FAILED, "NullPointerException"));
    }

    @Test
    void codesOfTheVirtualMachineAreNotUsed() throws IllegalAccessException {
        for (var field : ExitCodes.class.getFields()) {
            assertThat(field.getInt(null)).as(field.getName()).isNotIn(3, 134, 137);
        }
    }
}
