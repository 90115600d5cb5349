package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bayling.train.RunComparison;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyResumeTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void files() throws IOException {
        TinyRun.write(temp);
    }

    @Test
    void aRunThatIsStoppedAndResumedIsShownToEndAsOneThatIsNot() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .expect(0, "verify-resume", "run.yaml", "--steps", "5", "--stop-at", "2");
        assertThat(result.out())
                .containsPattern("final weights +\\d+ tensors +equal")
                .containsPattern("optimizer state +\\d+ tensors +equal")
                .containsPattern("sample ids +5 rows +equal")
                .containsPattern("logged losses +5 rows +equal")
                .contains("5 steps that stops after step 2");
        assertThat(result.err()).contains("goes on at step 3", "done after step 5");
        try (Stream<Path> entries = Files.list(temp)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .as("nothing is left, and no run was begun")
                    .containsExactlyInAnyOrder("model", "data.jsonl", "run.yaml");
        }
    }

    @Test
    void aStopThatIsNotBeforeTheLastStepIsRefused() throws Exception {
        assertThat(BuiltProduct.in(temp).expect(2, "verify-resume", "run.yaml", "--steps", "5", "--stop-at", "5").err())
                .contains("--stop-at: 5 is not from 1 to 4");
    }

    @Test
    void theFirstDifferenceIsNamedWithBothValues() throws Exception {
        BuiltProduct.in(temp).expect(0, "train", "run.yaml");
        Path other = temp.resolve("other");
        BuiltProduct.copyTree(temp.resolve("out"), other);
        assertThat(RunComparison.of(temp.resolve("out"), other, 6))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.difference()).isEmpty());
        flipLastByte(other.resolve("step-6/optimizer.safetensors"));
        Path log = other.resolve("log.jsonl");
        Files.writeString(log, Files.readString(log).replaceFirst("\"loss\":", "\"loss\":1"));
        List<RunComparison.Line> lines = RunComparison.of(temp.resolve("out"), other, 6);
        assertThat(lines.get(0).difference()).isEmpty();
        assertThat(lines.get(1).difference().orElseThrow()).matches("exp_avg\\S+: element \\d+ is \\S+ and \\S+");
        assertThat(lines.get(3).difference()).isEmpty();
        assertThat(lines.get(4).difference().orElseThrow()).startsWith("row 1: ").contains("\"loss\":1");
    }

    private static void flipLastByte(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() - 1);
            int last = file.read();
            file.seek(file.length() - 1);
            file.write(last ^ 1);
        }
    }
}
