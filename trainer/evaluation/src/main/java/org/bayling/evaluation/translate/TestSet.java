package org.bayling.evaluation.translate;

import java.io.IOException;
import java.util.List;

/** Texts in several languages; the layouts are described with the package. */
public interface TestSet {

    /** What it is called in messages. */
    String name();

    /** All directions that it has texts for, in a fixed order. */
    List<Direction> directions();

    /**
     * The segments of a direction, in order.
     *
     * @throws org.bayling.data.DataException naming file and line when texts do not fit together, or one is blank
     */
    List<Segment> segments(Direction direction) throws IOException;
}
