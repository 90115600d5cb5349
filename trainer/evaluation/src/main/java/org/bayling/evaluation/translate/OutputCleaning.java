package org.bayling.evaluation.translate;

import org.bayling.evaluation.translation.PythonSpace;

/**
 * What is done to a model's text before it is scored. It was cut at the stop strings already; then, as BayLing does it,
 * white space at its ends goes and line feeds become spaces.
 *
 * @param firstLine only the first line that is not blank is kept
 */
public record OutputCleaning(boolean firstLine) {

    /** The translation in a model's text, on one line. */
    String clean(String text) {
        String stripped = PythonSpace.strip(text);
        if (firstLine) {
            stripped = PythonSpace.strip(stripped.split("[\\n\\r]", 2)[0]);
        }
        return stripped.replace("\r\n", "\n").replace('\n', ' ').replace('\r', ' ');
    }

    /** In the words of a report. */
    String description() {
        return "cut at stop strings; strip; " + (firstLine ? "first line" : "\\n to space");
    }
}
