package org.bayling.data;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ParquetDecodingException;
import org.xerial.snappy.Snappy;

/** The pages of one column of one row group, read one after another. */
final class ParquetPages implements PageReader {
    private static final int MAX_PAGE = 512 << 20;
    private static final int HEADER_GUESS = 1 << 10;
    private static final int MAX_HEADER = 16 << 20;

    private final ParquetFile file;
    private final ColumnMetaData chunk;
    private final long end;
    private long at;

    ParquetPages(ParquetFile file, ColumnMetaData chunk) {
        this.file = file;
        this.chunk = chunk;
        long data = chunk.getData_page_offset();
        boolean dictionary = chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0;
        this.at = dictionary ? Math.min(data, chunk.getDictionary_page_offset()) : data;
        this.end = at + chunk.getTotal_compressed_size();
    }

    @Override
    public long getTotalValueCount() {
        return chunk.getNum_values();
    }

    @Override
    public DictionaryPage readDictionaryPage() {
        try {
            long start = at;
            PageHeader header = at < end ? header() : null;
            if (header == null || header.getType() != PageType.DICTIONARY_PAGE) {
                at = start;
                return null;
            }
            byte[] content = decompress(body(header), header.getUncompressed_page_size());
            return new DictionaryPage(
                    BytesInput.from(content),
                    header.getDictionary_page_header().getNum_values(),
                    Encoding.valueOf(header.getDictionary_page_header().getEncoding().name()));
        } catch (IOException e) {
            throw new ParquetDecodingException(e.getMessage(), e);
        }
    }

    @Override
    public DataPage readPage() {
        try {
            while (at < end) {
                PageHeader header = header();
                byte[] body = body(header);
                if (header.getType() == PageType.DATA_PAGE) {
                    return first(header, body);
                }
                if (header.getType() == PageType.DATA_PAGE_V2) {
                    return second(header, body);
                }
            }
            return null;
        } catch (IOException e) {
            throw new ParquetDecodingException(e.getMessage(), e);
        }
    }

    private DataPage first(PageHeader header, byte[] body) throws IOException {
        DataPageHeader data = header.getData_page_header();
        return new DataPageV1(
                BytesInput.from(decompress(body, header.getUncompressed_page_size())),
                data.getNum_values(),
                header.getUncompressed_page_size(),
                null,
                Encoding.valueOf(data.getRepetition_level_encoding().name()),
                Encoding.valueOf(data.getDefinition_level_encoding().name()),
                Encoding.valueOf(data.getEncoding().name()));
    }

    private DataPage second(PageHeader header, byte[] body) throws IOException {
        DataPageHeaderV2 data = header.getData_page_header_v2();
        int repetition = data.getRepetition_levels_byte_length();
        int definition = data.getDefinition_levels_byte_length();
        if (repetition < 0 || definition < 0 || repetition + (long) definition > body.length) {
            throw new IOException("a page's levels are longer than the page");
        }
        int levels = repetition + definition;
        byte[] values = Arrays.copyOfRange(body, levels, body.length);
        if (data.isIs_compressed()) {
            values = decompress(values, header.getUncompressed_page_size() - levels);
        }
        return DataPageV2.uncompressed(
                data.getNum_rows(),
                data.getNum_nulls(),
                data.getNum_values(),
                BytesInput.from(body, 0, repetition),
                BytesInput.from(body, repetition, definition),
                Encoding.valueOf(data.getEncoding().name()),
                BytesInput.from(values),
                null);
    }

    /** The next page's header; its length is known only after reading it. */
    private PageHeader header() throws IOException {
        for (int guess = HEADER_GUESS; ; guess *= 8) {
            int length = (int) Math.min(guess, file.size() - at);
            ByteArrayInputStream bytes = new ByteArrayInputStream(file.read(at, length).array());
            try {
                PageHeader header = Util.readPageHeader(bytes);
                at += length - bytes.available();
                return header;
            } catch (IOException | RuntimeException e) {
                if (length < guess || guess > MAX_HEADER) {
                    throw new IOException("a page header at byte " + at + " is damaged", e);
                }
            }
        }
    }

    private byte[] body(PageHeader header) throws IOException {
        int size = header.getCompressed_page_size();
        if (size < 0 || size > MAX_PAGE || header.getUncompressed_page_size() > MAX_PAGE || at + size > file.size()) {
            throw new IOException("a page at byte " + at + " is said to be " + size + " bytes, "
                    + header.getUncompressed_page_size() + " when decompressed");
        }
        ByteBuffer bytes = file.read(at, size);
        at += size;
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(bytes.array());
            if ((int) crc.getValue() != header.getCrc()) {
                throw new IOException("the checksum of the page that ends at byte " + at + " is wrong");
            }
        }
        return bytes.array();
    }

    private byte[] decompress(byte[] bytes, int size) throws IOException {
        byte[] content = switch (chunk.getCodec()) {
            case UNCOMPRESSED -> bytes;
            case SNAPPY -> Snappy.uncompress(bytes);
            case GZIP -> new GZIPInputStream(new ByteArrayInputStream(bytes)).readNBytes(size);
            case ZSTD -> Zstd.decompress(bytes, size);
            default -> throw new IOException("pages compressed with " + chunk.getCodec()
                    + " are not supported; write the file with snappy, gzip or zstd");
        };
        if (content.length != size) {
            throw new IOException("a page gives " + content.length + " bytes, expected " + size);
        }
        return content;
    }
}
