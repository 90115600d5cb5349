package org.bayling.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import org.bayling.io.JsonFault;

/** An array of objects, streamed element by element; a file that begins with an object is read as JSON lines. */
final class JsonReader implements RowReader {

    @Override
    public void read(Path file, Consumer rows) throws IOException {
        if (!beginsWithArray(file)) {
            new JsonLinesReader().read(file, rows);
            return;
        }
        try (StoredFile stored = StoredFile.open(file);
                JsonParser parser = JsonRows.STREAMED.getFactory().createParser(stored.characters())) {
            readArray(file, parser, stored, rows);
        } catch (JsonProcessingException e) {
            throw new DataException(
                    file + ":" + e.getLocation().getLineNr() + ": not JSON (column "
                            + e.getLocation().getColumnNr() + "): " + JsonFault.describe(e)
                            + "\nThe rows of an array after a fault cannot be told apart: correct the file, or write it"
                            + " as JSON lines, where a bad row can be left out.",
                    e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": holds bytes that are not UTF-8; convert the file to UTF-8", e);
        } catch (java.util.zip.ZipException | java.io.EOFException | com.github.luben.zstd.ZstdIOException e) {
            throw new DataException(file + ": the compressed data are damaged or cut off: " + e.getMessage(), e);
        }
    }

    private static void readArray(Path file, JsonParser parser, StoredFile stored, Consumer rows) throws IOException {
        parser.nextToken();
        JsonStreamContext array = parser.getParsingContext();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Origin origin = Origin.line(file, parser.currentTokenLocation().getLineNr());
            if (!rows.accept(element(origin, parser, array), stored.bytesRead())) {
                return;
            }
        }
        if (parser.nextToken() != null) {
            throw new DataException(file + ":" + parser.currentTokenLocation().getLineNr()
                    + ": something follows the end of the array; expected the end of the file");
        }
    }

    private static Row element(Origin origin, JsonParser parser, JsonStreamContext array) throws IOException {
        try {
            JsonNode value = parser.readValueAsTree();
            return Row.of(origin, value);
        } catch (DatabindException e) {
            // The text is JSON but its tree is refused (a key twice): only this element is lost.
            while (parser.getParsingContext() != array && parser.nextToken() != null) {
                continue;
            }
            return Row.bad(origin, BadRow.Reason.NOT_JSON, JsonFault.describe(e));
        }
    }

    private static boolean beginsWithArray(Path file) throws IOException {
        try (StoredFile stored = StoredFile.open(file)) {
            InputStream in = stored.bytes();
            int c = in.read();
            while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                c = in.read();
            }
            return c == '[';
        } catch (java.util.zip.ZipException | java.io.EOFException | com.github.luben.zstd.ZstdIOException e) {
            throw new DataException(file + ": the compressed data are damaged or cut off: " + e.getMessage(), e);
        }
    }
}
