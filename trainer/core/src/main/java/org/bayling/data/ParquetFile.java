package org.bayling.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;

/** The footer of a Parquet file and its row groups, of which one page of each column is in memory at a time. */
final class ParquetFile implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TRAILER = 8;
    private static final int MAX_FOOTER = 256 << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileMetaData footer;
    private final MessageType schema;
    private final MessageType readable;
    private long bytesRead;

    private ParquetFile(Path path, FileChannel channel, FileMetaData footer) {
        this.path = path;
        this.channel = channel;
        this.footer = footer;
        this.schema = ParquetSchema.of(footer.getSchema());
        this.readable = ParquetSchema.readable(schema);
    }

    static ParquetFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ParquetFile(path, channel, footer(path, channel));
        } catch (IOException e) {
            channel.close();
            throw e instanceof DataException ? e : new DataException(path + ": the footer cannot be read: " + e, e);
        } catch (RuntimeException e) {
            channel.close();
            throw new DataException(path + ": the footer cannot be read: " + e.getMessage(), e);
        }
    }

    private static FileMetaData footer(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < MAGIC.length + TRAILER) {
            throw new DataException(path + ": " + size + " bytes are too few for a Parquet file");
        }
        ByteBuffer trailer = read(channel, size - TRAILER, TRAILER);
        long length = Integer.toUnsignedLong(trailer.getInt());
        byte[] magic = new byte[MAGIC.length];
        trailer.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DataException(path + ": not a Parquet file, or cut off: it does not end with PAR1");
        }
        if (length > MAX_FOOTER || length > size - TRAILER - MAGIC.length) {
            throw new DataException(path + ": the footer is said to be " + length + " bytes of a file of " + size);
        }
        byte[] bytes = read(channel, size - TRAILER - length, (int) length).array();
        return Util.readFileMetaData(new ByteArrayInputStream(bytes));
    }

    Path path() {
        return path;
    }

    /** The file's schema. */
    MessageType schema() {
        return schema;
    }

    /** The columns that are read. */
    MessageType readable() {
        return readable;
    }

    int rowGroups() {
        return footer.getRow_groupsSize();
    }

    long bytesRead() {
        return bytesRead;
    }

    /** The pages of one row group; of its columns, those that are read. */
    PageReadStore rowGroup(int index) throws DataException {
        RowGroup group = footer.getRow_groups().get(index);
        Map<List<String>, ColumnMetaData> columns = new HashMap<>();
        for (ColumnChunk chunk : group.getColumns()) {
            if (chunk.isSetFile_path() || !chunk.isSetMeta_data()) {
                throw new DataException(path + ": columns in other files and encrypted columns are not supported");
            }
            columns.put(chunk.getMeta_data().getPath_in_schema(), chunk.getMeta_data());
        }
        return new PageReadStore() {
            @Override
            public PageReader getPageReader(ColumnDescriptor column) {
                ColumnMetaData chunk = columns.get(List.of(column.getPath()));
                if (chunk == null) {
                    throw new IllegalStateException("a row group lacks the column " + String.join(".", column.getPath()));
                }
                return new ParquetPages(ParquetFile.this, chunk);
            }

            @Override
            public long getRowCount() {
                return group.getNum_rows();
            }
        };
    }

    /** Bytes of the file, little-endian; the array begins at 0. */
    ByteBuffer read(long offset, int length) throws IOException {
        bytesRead += length;
        return read(channel, offset, length);
    }

    long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the file ends at byte " + channel.size() + ", before byte " + (offset + length));
            }
        }
        return buffer.flip();
    }
}
