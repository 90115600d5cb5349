package org.bayling.evaluation.choice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bayling.evaluation.results.ResultsFile;

/**
 * Log-likelihoods of an item's options, nats.
 *
 * @param conditional ln p(continuation | context) of each
 * @param unconditional ln p(choice | nothing) of each; empty where no metric asks for it
 */
public record ItemScores(double[] conditional, double[] unconditional) {
    private static final String CONDITIONAL = "ll";
    private static final String UNCONDITIONAL = "unconditional";

    /** How they lie in a file of results; the fields stand in the package's description. */
    public static final ResultsFile.Kind KIND = new ResultsFile.Kind(
            "bayling-choice", item -> item.path(CONDITIONAL).size() >= 2);

    static ItemScores of(ObjectNode item) {
        return new ItemScores(doubles(item.path(CONDITIONAL)), doubles(item.path(UNCONDITIONAL)));
    }

    /** @param place file and line of the question, for people */
    ObjectNode json(String place) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("place", place);
        array(item.putArray(CONDITIONAL), conditional);
        if (unconditional.length > 0) {
            array(item.putArray(UNCONDITIONAL), unconditional);
        }
        return item;
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }

    private static void array(ArrayNode array, double[] values) {
        for (double value : values) {
            array.add(value);
        }
    }
}
