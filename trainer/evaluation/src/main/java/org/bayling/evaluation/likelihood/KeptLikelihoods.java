package org.bayling.evaluation.likelihood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.observe.TaskProgress;

/**
 * Log-likelihoods that are computed once and kept in a file, so that an evaluation that was interrupted goes on where it
 * stopped.
 *
 * <p>Groups go through the model in rows of about {@value LogLikelihood#ROW_TOKENS} tokens. Which share a row depends on
 * the groups alone and not on what is known already, so an evaluation that is continued gives the same numbers, bit for
 * bit.
 */
public final class KeptLikelihoods {
    private static final String VALUES = "ll";

    /** How they lie in a file of results; the fields stand in the package's description. */
    public static final ResultsFile.Kind KIND = new ResultsFile.Kind("bayling-likelihood", KeptLikelihoods::isSound);

    private final LikelihoodScorer scorer;
    private final ResultsFile results;

    /** @param results what is known already; gets what is not; stays the caller's */
    public KeptLikelihoods(LikelihoodScorer scorer, ResultsFile results) {
        this.scorer = scorer;
        this.results = results;
    }

    /** A group and the key it is kept under. */
    private record Keyed(RequestGroup group, String key) {}

    /**
     * Log-likelihoods of all groups, in order.
     *
     * @param unit what a group is called in the progress: {@code questions}
     * @return for each group the value of each request, nats
     */
    public List<double[]> of(List<RequestGroup> groups, TaskProgress progress, String unit) throws IOException {
        List<Keyed> keyed =
                groups.stream().map(group -> new Keyed(group, group.key())).toList();
        int done = 0;
        for (List<Keyed> row : rows(keyed)) {
            if (!row.stream().allMatch(each -> results.of(each.key()).isPresent())) {
                results.append(score(row));
            }
            done += row.size();
            progress.on(unit, done, groups.size(), unit);
        }
        return keyed.stream()
                .map(each -> values(results.of(each.key()).orElseThrow()))
                .toList();
    }

    private LinkedHashMap<String, ObjectNode> score(List<Keyed> row) {
        double[] ll = scorer.score(
                row.stream().flatMap(each -> each.group().requests().stream()).toList());
        LinkedHashMap<String, ObjectNode> items = new LinkedHashMap<>();
        int next = 0;
        for (Keyed each : row) {
            ObjectNode item = JsonNodeFactory.instance
                    .objectNode()
                    .put("place", each.group().place());
            ArrayNode values = item.putArray(VALUES);
            for (int i = 0; i < each.group().requests().size(); i++) {
                values.add(ll[next++]);
            }
            items.put(each.key(), item);
        }
        return items;
    }

    private static List<List<Keyed>> rows(List<Keyed> groups) {
        List<List<Keyed>> rows = new ArrayList<>();
        int tokens = LogLikelihood.ROW_TOKENS;
        for (Keyed each : groups) {
            int more = each.group().tokens();
            if (tokens + more > LogLikelihood.ROW_TOKENS) {
                rows.add(new ArrayList<>());
                tokens = 0;
            }
            rows.get(rows.size() - 1).add(each);
            tokens += more;
        }
        return rows;
    }

    private static boolean isSound(ObjectNode item) {
        JsonNode values = item.path(VALUES);
        return values.isArray()
                && !values.isEmpty()
                && StreamSupport.stream(values.spliterator(), false).allMatch(JsonNode::isNumber);
    }

    private static double[] values(ObjectNode item) {
        return StreamSupport.stream(item.path(VALUES).spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
