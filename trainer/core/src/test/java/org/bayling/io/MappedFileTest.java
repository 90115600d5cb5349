package org.bayling.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
    @TempDir
    Path directory;

    @Test
    void viewsAreReadOnlyDirectAndLittleEndian() throws IOException {
        Path file = Files.write(directory.resolve("four"), new byte[] {1, 2, 3, 4});
        try (MappedFile mapped = MappedFile.open(file)) {
            var view = mapped.view(0, 4);
            assertThat(view.isReadOnly()).isTrue();
            assertThat(view.isDirect()).isTrue();
            assertThat(view.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(view.getInt()).isEqualTo(0x04030201);
            assertThat(mapped.view(4, 0).remaining()).isZero();
        }
    }

    @Test
    void bytesBeyondTwoGibibytesAreReadAcrossRegions() throws IOException {
        Path file = directory.resolve("sparse");
        long gibibyte = 1L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(5 * gibibyte);
            for (long at : new long[] {gibibyte, 2 * gibibyte, 3 * gibibyte, 5 * gibibyte}) {
                sparse.seek(at - 2);
                sparse.write(new byte[] {(byte) (at >> 30), 0x11});
                if (at < 5 * gibibyte) {
                    sparse.write(new byte[] {0x22, (byte) (at >> 30)});
                }
            }
        }
        try (MappedFile mapped = MappedFile.open(file)) {
            assertThat(mapped.length()).isEqualTo(5 * gibibyte);
            for (int g = 1; g <= 3; g++) {
                assertThat(mapped.view(g * gibibyte - 2, 4).getInt()).isEqualTo(g << 24 | 0x221100 | g);
            }
            assertThat(mapped.view(5 * gibibyte - 2, 2).getShort()).isEqualTo((short) 0x1105);
            // Longer than what lies in one region from here.
            var large = mapped.view(2 * gibibyte - 2, Integer.MAX_VALUE);
            assertThat(large.getInt(0)).isEqualTo(0x02221102);
            assertThat(large.getInt((int) gibibyte)).isEqualTo(0x03221103);
        }
    }

    @Test
    void aViewThatLeavesTheFileIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("ten"), new byte[10]);
        try (MappedFile mapped = MappedFile.open(file)) {
            assertThatThrownBy(() -> mapped.view(8, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("ten")
                    .hasMessageContaining("10 bytes");
            assertThatThrownBy(() -> mapped.view(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> mapped.view(Long.MAX_VALUE, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aMissingFileADirectoryAndAClosedFileAreNamed() throws IOException {
        assertThatThrownBy(() -> MappedFile.open(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> MappedFile.open(directory)).hasMessageContaining("is a directory");
        MappedFile mapped = MappedFile.open(Files.write(directory.resolve("one"), new byte[1]));
        mapped.close();
        assertThatThrownBy(() -> mapped.view(0, 1)).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }
}
