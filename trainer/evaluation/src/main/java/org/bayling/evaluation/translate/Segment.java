package org.bayling.evaluation.translate;

import java.util.List;

/**
 * A piece of text to translate, usually a sentence.
 *
 * @param place file and line of the source, for messages
 * @param source text, not blank
 * @param references one or more; a blank one stays one
 */
public record Segment(String place, String source, List<String> references) {
    public Segment {
        references = List.copyOf(references);
    }
}
