package org.bayling.tokenizer.training;

import java.util.List;

/**
 * A learnt vocabulary.
 *
 * @param controls control tokens, ids from 0 on, for example {@code <s>}
 * @param pieces ordinary tokens in the order of their ids, after the controls: the 256 bytes, then one for each merge;
 *     bytes are written as GPT-2's printable stand-ins
 * @param merges pairs of pieces, first merged first
 */
public record BytePairVocabulary(List<String> controls, List<String> pieces, List<Merge> merges) {

    public BytePairVocabulary {
        controls = List.copyOf(controls);
        pieces = List.copyOf(pieces);
        merges = List.copyOf(merges);
    }

    /** Two pieces that become one. */
    public record Merge(String left, String right) {}

    /** Number of tokens, the controls included. */
    public int size() {
        return controls.size() + pieces.size();
    }
}
