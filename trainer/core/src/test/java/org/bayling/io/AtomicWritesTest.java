package org.bayling.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicWritesTest {
    @TempDir
    Path parent;

    /** What a killed process is to the files: nothing after it runs, no cleaning up either. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void aCrashAtAnyMomentLeavesADirectoryCompleteOrAbsent() throws IOException {
        List<FaultPoint.Moment> moments = new ArrayList<>();
        writeDirectory(parent.resolve("whole"), (moment, path) -> moments.add(moment));
        assertThat(moments).contains(FaultPoint.Moment.values());

        int complete = 0;
        for (int crashAt = 0; crashAt < moments.size(); crashAt++) {
            Path target = parent.resolve("step-" + crashAt);
            int[] left = {crashAt};
            assertThatThrownBy(() -> writeDirectory(target, (moment, path) -> {
                        if (left[0]-- == 0) {
                            throw new Crash();
                        }
                    }))
                    .isInstanceOf(Crash.class);
            if (Files.exists(target)) {
                complete++;
                assertComplete(target);
            }
        }
        assertThat(complete).as("crashes after the rename").isEqualTo(3);
        assertThat(AtomicDirectory.removeLeftovers(parent)).hasSize(moments.size() - complete);
        try (Stream<Path> rest = Files.list(parent)) {
            assertThat(rest.map(path -> path.getFileName().toString())).allMatch(name -> !name.contains(".tmp-"));
        }
    }

    /** Without try-with-resources, so that a crash is not followed by cleaning up. */
    private static void writeDirectory(Path target, FaultPoint faults) throws IOException {
        AtomicDirectory directory = AtomicDirectory.create(target, faults);
        directory.write("weights", "w".repeat(100));
        directory.write("inner/state", "s");
        directory.publish("manifest.json", Object::toString);
    }

    private static void assertComplete(Path target) throws IOException {
        Map<String, FileDigest> digests = Map.of(
                "weights", Checksum.ofFile(target.resolve("weights")),
                "inner/state", Checksum.ofFile(target.resolve("inner/state")));
        String manifest = Files.readString(target.resolve("manifest.json"));
        digests.forEach((name, digest) -> assertThat(manifest).contains(name + "=" + digest));
        assertThat(digests.get("weights").bytes()).isEqualTo(100);
    }

    @Test
    void theManifestIsWrittenLastAndDirectoriesAreForcedBeforeTheRename() throws IOException {
        List<String> events = new ArrayList<>();
        writeDirectory(parent.resolve("run"), (moment, path) -> events.add(moment + " " + path.getFileName()));
        int manifest = events.indexOf("BEFORE_WRITE manifest.json");
        assertThat(events.lastIndexOf("AFTER_FSYNC weights")).isBetween(0, manifest);
        assertThat(events.lastIndexOf("AFTER_FSYNC state")).isBetween(0, manifest);
        int rename = events.indexOf("AFTER_RENAME run");
        assertThat(events.indexOf("AFTER_FSYNC manifest.json")).isBetween(manifest, rename);
        assertThat(events.indexOf("AFTER_FSYNC inner")).isBetween(manifest, rename);
        assertThat(events.get(events.size() - 1)).isEqualTo("AFTER_FSYNC " + parent.getFileName());
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        Path target = parent.resolve("full-disk");
        assertThatThrownBy(() -> {
                    try (AtomicDirectory directory = AtomicDirectory.create(target, (moment, path) -> {
                        if (path.endsWith("second") && moment == FaultPoint.Moment.AFTER_WRITE) {
                            throw new IOException("No space left on device");
                        }
                    })) {
                        directory.write("first", "1");
                        directory.write("second", "2");
                        directory.publish();
                    }
                })
                .hasMessage("No space left on device");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void anExistingNameIsNeverOverwritten() throws IOException {
        Path target = Files.createDirectory(parent.resolve("taken"));
        assertThatThrownBy(() -> AtomicDirectory.create(target, FaultPoint.NONE))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("taken")
                .hasMessageContaining("never overwritten");
        try (AtomicDirectory late = AtomicDirectory.create(parent.resolve("late"), FaultPoint.NONE)) {
            late.write("file", "x");
            Files.createDirectory(parent.resolve("late"));
            assertThatThrownBy(late::publish).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(parent.resolve("late")).isEmptyDirectory();
    }

    @Test
    void namesOutsideOfTheDirectoryAndSecondNamesAreRefused() throws IOException {
        try (AtomicDirectory directory = AtomicDirectory.create(parent.resolve("d"), FaultPoint.NONE)) {
            directory.write("a", "1");
            for (String name : new String[] {"../x", "a", "", ".", "/tmp/x", "b/../../x"}) {
                assertThatThrownBy(() -> directory.file(name)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void onlyTemporaryNamesAreLeftovers() throws IOException {
        Files.createDirectory(parent.resolve("step-1"));
        Files.writeString(parent.resolve("notes.tmp-old"), "mine");
        Files.createDirectories(parent.resolve("step-2.tmp-0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/inner"));
        assertThat(AtomicDirectory.removeLeftovers(parent)).hasSize(1);
        assertThat(parent.resolve("step-1")).exists();
        assertThat(parent.resolve("notes.tmp-old")).exists();
    }

    @Test
    void aCrashAtAnyMomentLeavesAFileOldOrNew() throws IOException {
        List<FaultPoint.Moment> moments = new ArrayList<>();
        Path target = parent.resolve("latest");
        writeFile(target, "old", (moment, path) -> moments.add(moment));
        assertThat(moments).contains(FaultPoint.Moment.values());
        for (int crashAt = 0; crashAt < moments.size(); crashAt++) {
            writeFile(target, "old", FaultPoint.NONE);
            int[] left = {crashAt};
            assertThatThrownBy(() -> writeFile(target, "new", (moment, path) -> {
                        if (left[0]-- == 0) {
                            throw new Crash();
                        }
                    }))
                    .isInstanceOf(Crash.class);
            boolean renamed = moments.subList(0, crashAt + 1).contains(FaultPoint.Moment.AFTER_RENAME);
            assertThat(target).hasContent(renamed ? "new" : "old");
        }
    }

    private static void writeFile(Path target, String text, FaultPoint faults) throws IOException {
        AtomicFile file = AtomicFile.open(target, faults);
        file.content().write(ByteBuffer.wrap(text.getBytes()));
        file.publish();
    }

    @Test
    void aFileThatIsNotPublishedLeavesTheOldOne() throws IOException {
        Path target = parent.resolve("state.json");
        AtomicFile.write(target, "old", FaultPoint.NONE);
        try (AtomicFile file = AtomicFile.open(target, FaultPoint.NONE)) {
            file.content().write(ByteBuffer.wrap(new byte[3]));
        }
        assertThat(target).hasContent("old");
        assertThat(parent.toFile().list()).containsExactly("state.json");
    }

    @Test
    void tooLittleDiskSpaceSaysWhatIsNeededAndWhatIsFree() throws IOException {
        DiskSpace.require(parent, 1, "one byte");
        assertThatThrownBy(() -> DiskSpace.require(parent.resolve("run/step-1"), Long.MAX_VALUE, "a checkpoint"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a checkpoint")
                .hasMessageContaining("needed " + Long.MAX_VALUE)
                .hasMessageContaining("free ");
    }
}
