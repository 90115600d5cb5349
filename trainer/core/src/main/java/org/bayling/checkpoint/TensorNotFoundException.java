package org.bayling.checkpoint;

import java.util.Collection;
import org.bayling.config.NearestNames;

/** A tensor that was asked for is not in the store. */
public final class TensorNotFoundException extends RuntimeException {
    private static final int SHOWN = 3;

    public TensorNotFoundException(String message) {
        super(message);
    }

    /** With the nearest of the names that there are. */
    static TensorNotFoundException of(Object where, String asked, Collection<String> known) {
        return new TensorNotFoundException(where + ": there is no tensor '" + asked + "' among " + known.size()
                + "; the nearest names are " + NearestNames.ranked(asked, known, SHOWN));
    }
}
