package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bayling.io.CorruptFileException;
import org.bayling.io.MappedFile;

/**
 * One shard of a corpus; any sample is found in O(1) and one frame is decompressed for it. The format is specified on the
 * package page. Safe for several threads.
 */
public final class ShardReader implements AutoCloseable {
    /** Begins the skippable frame that holds the seek table. */
    public static final int TABLE_MAGIC = 0x184D2A5E;
    /** Ends the file. */
    public static final int SEEKABLE_MAGIC = 0x8F92EAB1;

    private static final int FOOTER = 9;
    private static final int ENTRY = 8;

    private final MappedFile file;
    private final long samples;
    private final int samplesPerFrame;
    private final long[] offsets;
    private final int[] sizes;

    private ShardReader(MappedFile file, long samples, int samplesPerFrame, long[] offsets, int[] sizes) {
        this.file = file;
        this.samples = samples;
        this.samplesPerFrame = samplesPerFrame;
        this.offsets = offsets;
        this.sizes = sizes;
    }

    /**
     * Opens a shard and reads its seek table.
     *
     * @throws CorruptFileException when the table is damaged or does not fit the manifest
     */
    public static ShardReader open(CorpusManifest manifest, int shard) throws IOException {
        CorpusManifest.Shard entry = manifest.shards().get(shard);
        return open(manifest.folder().resolve(entry.file()), entry.samples(), manifest.samplesPerFrame());
    }

    /** The same for a shard that no manifest lists yet. */
    public static ShardReader open(Path path, long samples, int samplesPerFrame) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            int frames = frames(file);
            if (frames != (samples + samplesPerFrame - 1) / samplesPerFrame) {
                throw new CorruptFileException(file.path(), "the seek table does not fit", frames + " frames",
                        samples + " samples in frames of " + samplesPerFrame);
            }
            long[] offsets = new long[frames + 1];
            int[] sizes = new int[frames];
            ByteBuffer table = view(file, file.length() - FOOTER - (long) frames * ENTRY, frames * ENTRY);
            for (int i = 0; i < frames; i++) {
                offsets[i + 1] = offsets[i] + Integer.toUnsignedLong(table.getInt());
                sizes[i] = table.getInt();
            }
            if (offsets[frames] != file.length() - FOOTER - (long) frames * ENTRY - 8) {
                throw damaged(file.path(), "frames of " + offsets[frames] + " bytes");
            }
            return new ShardReader(file, samples, samplesPerFrame, offsets, sizes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Samples of the shard. */
    public long samples() {
        return samples;
    }

    /** The frames of the shard. */
    public int frames() {
        return sizes.length;
    }

    /** One sample, from 0 on. */
    public JsonNode read(long sample) throws IOException {
        if (sample < 0 || sample >= samples) {
            throw new IndexOutOfBoundsException(file.path() + ": sample " + sample + " of " + samples);
        }
        return parsed(lines((int) (sample / samplesPerFrame)).get((int) (sample % samplesPerFrame)));
    }

    /** The samples of one frame. */
    public List<JsonNode> samples(int frame) throws IOException {
        List<JsonNode> samples = new ArrayList<>(samplesPerFrame);
        for (byte[] line : lines(frame)) {
            samples.add(parsed(line));
        }
        return samples;
    }

    private JsonNode parsed(byte[] line) throws IOException {
        try {
            return JsonRows.parse(line);
        } catch (BadRowException e) {
            throw new CorruptFileException(file.path(), "a sample cannot be read", e.getMessage(), "a JSON object", e);
        }
    }

    /** The lines of one frame, in UTF-8, without their ends. */
    public List<byte[]> lines(int frame) throws IOException {
        byte[] content = content(frame);
        List<byte[]> lines = new ArrayList<>(samplesPerFrame);
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(Arrays.copyOfRange(content, start, i));
                start = i + 1;
            }
        }
        long expected = Math.min(samplesPerFrame, samples - (long) frame * samplesPerFrame);
        if (lines.size() != expected || start != content.length) {
            throw new CorruptFileException(
                    file.path(), "frame " + frame + " is damaged", lines.size() + " lines", expected + " lines");
        }
        return lines;
    }

    private byte[] content(int frame) throws IOException {
        byte[] compressed = new byte[Math.toIntExact(offsets[frame + 1] - offsets[frame])];
        file.view(offsets[frame], compressed.length).get(compressed);
        long size = Zstd.getFrameContentSize(compressed);
        if (size != sizes[frame]) {
            throw new CorruptFileException(
                    file.path(), "frame " + frame + " is damaged", size + " bytes", sizes[frame] + " bytes");
        }
        try {
            byte[] content = new byte[sizes[frame]];
            long written = Zstd.decompress(content, compressed);
            if (Zstd.isError(written)) {
                throw new CorruptFileException(file.path(), "frame " + frame + " is damaged",
                        Zstd.getErrorName(written), "a sound Zstandard frame");
            }
            return content;
        } catch (ZstdException e) {
            throw new CorruptFileException(
                    file.path(), "frame " + frame + " is damaged", e.getMessage(), "a sound Zstandard frame", e);
        }
    }

    private static int frames(MappedFile file) throws IOException {
        if (file.length() < FOOTER + 8) {
            throw damaged(file.path(), "a file of " + file.length() + " bytes");
        }
        ByteBuffer footer = view(file, file.length() - FOOTER, FOOTER);
        int frames = footer.getInt();
        byte descriptor = footer.get();
        if (footer.getInt() != SEEKABLE_MAGIC || descriptor != 0) {
            throw damaged(file.path(), "no seek table");
        }
        long table = file.length() - FOOTER - (long) frames * ENTRY - 8;
        if (frames < 0 || table < 0) {
            throw damaged(file.path(), frames + " frames in " + file.length() + " bytes");
        }
        ByteBuffer header = view(file, table, 8);
        if (header.getInt() != TABLE_MAGIC || header.getInt() != frames * ENTRY + FOOTER) {
            throw damaged(file.path(), "no seek table");
        }
        return frames;
    }

    private static ByteBuffer view(MappedFile file, long offset, int bytes) throws IOException {
        return file.view(offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static CorruptFileException damaged(Path path, String found) {
        return new CorruptFileException(path, "the shard is cut off or damaged", found,
                "frames and a seek table as Zstandard's seekable format has them");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
