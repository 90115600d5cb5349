package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;

/**
 * Parquet: text, number, boolean, list and struct columns; columns of other types are not read. Pages may be
 * uncompressed, snappy, gzip or zstd.
 *
 * <p>The library assembles the records; the file itself is read by {@link ParquetFile}, because the library's own file
 * reader needs Hadoop.
 */
final class ParquetReader implements RowReader {

    @Override
    public void read(Path file, Consumer rows) throws IOException {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            long number = 0;
            for (int i = 0; i < parquet.rowGroups(); i++) {
                PageReadStore pages = parquet.rowGroup(i);
                RecordReader<Group> records = records(parquet, pages);
                for (long row = 0; row < pages.getRowCount(); row++) {
                    number++;
                    JsonNode fields = next(file, number, records);
                    if (!rows.accept(Row.of(Origin.row(file, number), fields), parquet.bytesRead())) {
                        return;
                    }
                }
            }
        }
    }

    private static RecordReader<Group> records(ParquetFile parquet, PageReadStore pages) throws DataException {
        try {
            MessageColumnIO columns = new ColumnIOFactory().getColumnIO(parquet.readable(), parquet.schema());
            return columns.getRecordReader(pages, new GroupRecordConverter(parquet.readable()));
        } catch (RuntimeException e) {
            throw damaged(parquet.path(), e);
        }
    }

    private static JsonNode next(Path file, long number, RecordReader<Group> records) throws DataException {
        try {
            return ParquetRecord.toJson(records.read());
        } catch (RuntimeException e) {
            // The library answers damaged pages with many kinds of unchecked exception.
            throw new DataException(file + ": row " + number + ": cannot be read: " + message(e), e);
        }
    }

    private static DataException damaged(Path file, RuntimeException e) {
        return new DataException(file + ": cannot be read: " + message(e), e);
    }

    private static String message(RuntimeException e) {
        Throwable cause = e instanceof ParquetDecodingException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
