package org.bayling.evaluation.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;

/** What one task of an evaluation gave. */
public interface PartResults {

    /** In the order of the report. */
    List<Score> scores();

    /** What pairs two systems, in the order of {@code items.jsonl}. */
    List<ResultItem> items();

    /** Lines of a table for people. */
    List<String> table();

    /** Lines of comma-separated values, all digits. */
    List<String> csv();

    /** The same as a JSON object. */
    ObjectNode json();
}
