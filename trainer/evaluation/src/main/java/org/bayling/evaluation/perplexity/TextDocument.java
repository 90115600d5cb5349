package org.bayling.evaluation.perplexity;

import java.nio.charset.StandardCharsets;
import org.bayling.evaluation.translation.PythonSpace;

/**
 * A text that is predicted from its first token on.
 *
 * @param place file and line that it was read from, for people
 * @param language as the data write it
 * @param text not blank
 */
public record TextDocument(String place, String language, String text) {

    /** Length of {@code re.split(r"\s+", text)}: white space at the ends has an empty word outside of it. */
    long words() {
        long words = 1;
        boolean inSpace = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = PythonSpace.is(text.charAt(i));
            words += space && !inSpace ? 1 : 0;
            inSpace = space;
        }
        return words;
    }

    /** In UTF-8. */
    long bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
