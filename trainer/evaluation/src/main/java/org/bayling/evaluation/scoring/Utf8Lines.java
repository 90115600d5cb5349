package org.bayling.evaluation.scoring;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bayling.data.DataException;
import org.bayling.evaluation.translation.PythonSpace;

/** Lines as text: strictly UTF-8, without white space at their end. */
final class Utf8Lines {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8Lines() {}

    /** @throws DataException naming file, line and byte when the line is not UTF-8 */
    static String decode(byte[] line, Path file, long number) throws DataException {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) { // of the decoder's making, or really in the text
            ByteBuffer bytes = ByteBuffer.wrap(line);
            try {
                StandardCharsets.UTF_8.newDecoder().decode(bytes);
            } catch (CharacterCodingException malformed) {
                throw new DataException(file + ":" + number + ": byte " + (bytes.position() + 1)
                        + " of the line is not UTF-8; convert the file, for example with iconv");
            }
        }
        return PythonSpace.stripTrailing(text);
    }
}
