package org.bayling.corpus.shard;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.data.ShardReader;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileDigest;

/** Writes one shard; it appears whole or not at all. Not safe for use by several threads. */
public final class ShardWriter implements AutoCloseable {
    private static final int LEVEL = 3;

    private final AtomicFile file;
    private final int samplesPerFrame;
    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream(1 << 16);
    private final List<int[]> table = new ArrayList<>();
    private int samplesInFrame;

    public ShardWriter(Path path, int samplesPerFrame, FaultPoint faults) throws IOException {
        this.samplesPerFrame = samplesPerFrame;
        this.file = AtomicFile.open(path, faults);
        compressor.setLevel(LEVEL).setChecksum(true).setContentSize(true);
    }

    /** Appends one sample, as {@link SampleLine} gives it. */
    public void add(byte[] line) throws IOException {
        frame.write(line, 0, line.length);
        frame.write('\n');
        samplesInFrame++;
        if (samplesInFrame == samplesPerFrame) {
            endFrame();
        }
    }

    /** Adds the seek table and gives the shard its name. */
    public FileDigest publish() throws IOException {
        if (samplesInFrame > 0) {
            endFrame();
        }
        int entries = table.size() * 8;
        ByteBuffer seek = ByteBuffer.allocate(8 + entries + 9).order(ByteOrder.LITTLE_ENDIAN);
        seek.putInt(ShardReader.TABLE_MAGIC).putInt(entries + 9);
        table.forEach(sizes -> seek.putInt(sizes[0]).putInt(sizes[1]));
        seek.putInt(table.size()).put((byte) 0).putInt(ShardReader.SEEKABLE_MAGIC);
        file.content().write(seek.flip());
        return file.publish();
    }

    private void endFrame() throws IOException {
        byte[] compressed = compressor.compress(frame.toByteArray());
        table.add(new int[] {compressed.length, frame.size()});
        file.content().write(ByteBuffer.wrap(compressed));
        frame.reset();
        samplesInFrame = 0;
    }

    @Override
    public void close() throws IOException {
        compressor.close();
        file.close();
    }
}
