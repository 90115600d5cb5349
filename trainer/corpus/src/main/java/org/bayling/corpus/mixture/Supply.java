package org.bayling.corpus.mixture;

/**
 * What a cell has to offer.
 *
 * @param candidates different samples that can be made, each from one item in one task and direction
 * @param characters code points of the items' texts in these, without the words of the frames
 */
public record Supply(long candidates, long characters) {

    Supply plus(Supply other) {
        return new Supply(candidates + other.candidates, characters + other.characters);
    }
}
