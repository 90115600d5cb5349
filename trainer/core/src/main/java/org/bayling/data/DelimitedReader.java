package org.bayling.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * CSV or TSV after RFC 4180 with a line of column names; a cell of a structured field (conversations, history, tools)
 * holds JSON. An empty cell is an absent field.
 */
final class DelimitedReader implements RowReader {
    private final CSVFormat format;

    DelimitedReader(char delimiter) {
        format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .get();
    }

    @Override
    public void read(Path file, Consumer rows) throws IOException {
        try (StoredFile stored = StoredFile.open(file);
                CSVParser parser = open(file, stored)) {
            List<String> names = parser.getHeaderNames();
            Iterator<CSVRecord> records = parser.iterator();
            long line = 2;
            for (CSVRecord record = next(file, line, records); record != null; record = next(file, line, records)) {
                if (!rows.accept(row(Origin.line(file, line), names, record), stored.bytesRead())) {
                    return;
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        }
    }

    private CSVParser open(Path file, StoredFile stored) throws IOException {
        try {
            return CSVParser.parse(stored.characters(), format);
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ":1: the line of column names cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw fault(file, 1, e);
        }
    }

    private static CSVRecord next(Path file, long line, Iterator<CSVRecord> records) throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw fault(file, line, e.getCause());
        } catch (IllegalStateException e) {
            throw fault(file, line, new IOException(e.getMessage(), e));
        }
    }

    private static Row row(Origin origin, List<String> names, CSVRecord record) {
        if (record.size() != names.size()) {
            return Row.bad(
                    origin,
                    BadRow.Reason.WRONG_TYPE,
                    "the row has " + record.size() + " cells, the line of column names " + names.size());
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            if (!record.get(i).isEmpty()) {
                fields.put(names.get(i), record.get(i));
            }
        }
        return Row.of(origin, fields);
    }

    private static DataException fault(Path file, long line, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new DataException(
                    file + ": from line " + line + " on: holds bytes that are not UTF-8; convert the file to UTF-8", e);
        }
        return new DataException(file + ":" + line + ": cannot be read on: " + e.getMessage(), e);
    }
}
