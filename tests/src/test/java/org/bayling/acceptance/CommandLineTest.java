package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    private Path temp;

    @Test
    void anUnknownVerbIsAnsweredWithTheNearestOne() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run("docter");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains("docter").contains("Did you mean: bayling-train doctor");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void noVerbShowsTheHelpAsAnError() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run();
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: bayling-train").contains("doctor");
    }

    @Test
    void whatIsNoTerminalGetsNoColours() throws Exception {
        assertThat(BuiltProduct.in(temp).run("--help").out()).contains("Usage:").doesNotContain("\u001b");
        assertThat(BuiltProduct.in(temp).run("doctor", "--nonsense").err())
                .contains("--nonsense")
                .doesNotContain("\u001b");
    }

    @Test
    void doctorFindsThisMachineFit() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run("doctor");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).contains("jdk", "processor", "memory", "libtorch", "tokenizers", "fit to train");
    }

    @Test
    void doctorNamesALibraryCacheThatCannotBeWritten() throws Exception {
        // A file where a folder should be: not writable for anybody, not even for root.
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("DJL_CACHE_DIR", "/proc/version/cache")
                .run("doctor");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.out()).contains("FAIL  library cache").contains("DJL_CACHE_DIR");
    }
}
