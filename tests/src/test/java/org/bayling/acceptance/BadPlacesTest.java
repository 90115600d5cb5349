package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Places that cannot be written to, or that somebody else writes to: exit code 11. That a write which fails half-way
 * leaves nothing is proven at every step of it by {@code AtomicWritesTest} of the module core.
 */
class BadPlacesTest {
    @TempDir
    private static Path shared;

    private static SoundModel sound;

    @TempDir
    private Path temp;

    @BeforeAll
    static void model() throws Exception {
        sound = SoundModel.train(shared);
    }

    @BeforeEach
    void files() throws IOException {
        sound.copyTo(temp);
    }

    /** A file where a folder should be can be written by nobody, not even by root. */
    @Test
    void anUnwritableFolderIsNamed() throws Exception {
        assertThat(Refusals.refused(11, temp, "train", "run.yaml", "output_dir=data.jsonl/run").err())
                .contains("data.jsonl/run: Not a directory", "choose a place that this program may write to");
        assertThat(Refusals.refused(11, temp, "train", "run.yaml", "output_dir=data.jsonl").err())
                .contains("data.jsonl: is there already");
        assertThat(Refusals.refusedAfterReading(11, temp, "train", "run.yaml", "tokenized_path=data.jsonl").err())
                .contains("data.jsonl: is there already");
        assertThat(Refusals.refused(11, temp, "convert", "--model", "model", "--output", "data.jsonl/copy").err())
                .contains("data.jsonl");
    }

    @Test
    void aReadOnlyDiskIsNamed() throws Exception {
        try (Disk disk = Disk.mount(temp.resolve("disk"), "ro,size=1m")) {
            assertThat(Refusals.refused(11, temp, "train", "run.yaml", "output_dir=disk/run").err())
                    .contains("disk/run: Read-only file system");
            assertThat(Refusals.refused(11, temp, "convert", "--model", "model", "--output", "disk/copy").err())
                    .contains("Read-only file system");
        }
    }

    /** The file system of the kernel's processes has no free byte. */
    @Test
    void aDiskWithoutRoomIsToldBeforeAModelIsWritten() throws Exception {
        assertThat(Refusals.refused(11, temp, "convert", "--model", "model", "--output", "/proc/copy").err())
                .contains("/proc/copy: not enough disk space for the model: needed", "free 0 bytes");
    }

    @Test
    void aDiskWithoutRoomForOneCheckpointIsToldBeforeTheFirstStep() throws Exception {
        try (Disk disk = Disk.mount(temp.resolve("disk"), "size=600k")) {
            BuiltProduct.Result result =
                    Refusals.refusedAfterReading(11, temp, "train", "run.yaml", "output_dir=disk/run");
            assertThat(result.err())
                    .contains("disk/run: not enough disk space for a checkpoint: needed", "make room")
                    .doesNotContain("step 1/");
        }
    }

    @Test
    void aDiskThatFillsUpLeavesSoundCheckpointsToGoOnFrom() throws Exception {
        String[] run = {"train", "run.yaml", "output_dir=disk/run", "max_steps=30", "save_total_limit=100"};
        try (Disk disk = Disk.mount(temp.resolve("disk"), "size=4m")) {
            assertThat(Refusals.explained(11, Refusals.product(temp), run).err())
                    .contains("disk/run/step-", "not enough disk space for a checkpoint: needed");
            Map<String, Integer> left = Refusals.files(temp.resolve("disk/run"));
            assertThat(left.keySet()).contains("step-2/manifest.json").noneMatch(file -> file.contains(".tmp-"));
            BuiltProduct.Result inspected = Refusals.product(temp).run("inspect", "disk/run");
            assertThat(inspected.exitCode()).as(inspected.toString()).isZero();
            disk.remount("size=40m");
            BuiltProduct.Result resumed = Refusals.product(temp).run(run);
            assertThat(resumed.exitCode()).as(resumed.toString()).isZero();
            assertThat(resumed.err()).contains("training goes on at step");
        }
    }

    @Test
    void aResultThatCannotBePrintedIsNoSuccess() throws Exception {
        Path launcher = BuiltProduct.root().resolve("bayling-train");
        Process process = new ProcessBuilder(
                        "bash", "-c", "BAYLING_SKIP_BUILD=1 " + launcher + " validate run.yaml > /dev/full")
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes())).contains("standard output", "full disk");
        assertThat(process.waitFor()).isEqualTo(11);
    }

    @Test
    void aSecondTrainerInTheSameFolderIsRefusedUntilTheFirstIsGone() throws Exception {
        String[] endless = {"train", "run.yaml", "max_steps=1000000", "save_steps=0"};
        try (BuiltProduct.Running first = Refusals.product(temp).start(endless)) {
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!first.err().matches("(?s).*step +3/.*")) {
                assertThat(first.process().isAlive() && System.nanoTime() < deadline).as(first.err()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(Refusals.explained(11, Refusals.product(temp), "train", "run.yaml").err())
                    .contains("out: is in use by pid " + first.process().pid())
                    .contains("wait for it to end, stop it, or choose another output_dir");
            assertThat(temp.resolve("out/step-1")).doesNotExist();
            first.process().destroyForcibly().waitFor();
        }
        assertThat(Refusals.product(temp).run("train", "run.yaml").exitCode()).as("a dead owner is no owner").isZero();
    }
}
