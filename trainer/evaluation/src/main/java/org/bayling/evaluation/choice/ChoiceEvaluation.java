package org.bayling.evaluation.choice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.io.Checksum;
import org.bayling.observe.TaskProgress;

/**
 * Asks a model the questions of a task.
 *
 * <p>Questions go through it in rows of about {@value LogLikelihood#ROW_TOKENS} tokens. Which share a row depends on
 * the questions alone and not on what is known already, so an evaluation that is continued gives the same numbers, bit
 * for bit.
 */
public final class ChoiceEvaluation {
    private final RequestEncoder encoder;
    private final ChoiceScorer scorer;
    private final boolean unconditional;

    /**
     * @param metrics that will be reported; the unconditional likelihoods are computed only where one needs them
     */
    public ChoiceEvaluation(RequestEncoder encoder, LogLikelihood scorer, List<ChoiceMetric> metrics) {
        this(encoder, (ChoiceScorer) scorer, metrics);
    }

    ChoiceEvaluation(RequestEncoder encoder, ChoiceScorer scorer, List<ChoiceMetric> metrics) {
        this.encoder = encoder;
        this.scorer = scorer;
        this.unconditional = metrics.contains(ChoiceMetric.ACC_MUTUAL_INFO);
    }

    /** An item as ids: a request for each option, then, where wanted, one more for each without context. */
    private record Encoded(ChoiceItem item, String key, List<EncodedRequest> requests) {
        /** What goes through the model: an input that several requests share counts once. */
        int tokens() {
            return requests.stream()
                    .map(request -> IntBuffer.wrap(request.input()))
                    .distinct()
                    .mapToInt(IntBuffer::remaining)
                    .sum();
        }

        ItemScores scores(double[] ll, int from) {
            int options = item.options().size();
            return new ItemScores(
                    Arrays.copyOfRange(ll, from, from + options),
                    Arrays.copyOfRange(ll, from + options, from + requests.size()));
        }
    }

    /**
     * Scores of all items, in order.
     *
     * @param results what is known already; gets what is not
     * @throws DataException when an item cannot be encoded; nothing has been computed then
     */
    public List<ScoredItem> run(List<ChoiceItem> items, ResultsFile results, TaskProgress progress)
            throws IOException {
        List<Encoded> encoded = new ArrayList<>(items.size());
        for (ChoiceItem item : items) {
            encoded.add(encode(item));
        }
        int done = 0;
        for (List<Encoded> row : rows(encoded)) {
            if (!row.stream().allMatch(item -> results.of(item.key()).isPresent())) {
                results.append(score(row));
            }
            done += row.size();
            progress.on("questions", done, items.size(), "questions");
        }
        return encoded.stream()
                .map(item -> new ScoredItem(item.item(), ItemScores.of(results.of(item.key()).orElseThrow())))
                .toList();
    }

    private LinkedHashMap<String, ObjectNode> score(List<Encoded> row) {
        double[] ll = scorer.score(
                row.stream().flatMap(item -> item.requests().stream()).toList());
        LinkedHashMap<String, ObjectNode> items = new LinkedHashMap<>();
        int from = 0;
        for (Encoded item : row) {
            items.put(item.key(), item.scores(ll, from).json(item.item().place()));
            from += item.requests().size();
        }
        return items;
    }

    private static List<List<Encoded>> rows(List<Encoded> items) {
        List<List<Encoded>> rows = new ArrayList<>();
        int tokens = LogLikelihood.ROW_TOKENS;
        for (Encoded item : items) {
            int more = item.tokens();
            if (tokens + more > LogLikelihood.ROW_TOKENS) {
                rows.add(new ArrayList<>());
                tokens = 0;
            }
            rows.get(rows.size() - 1).add(item);
            tokens += more;
        }
        return rows;
    }

    private Encoded encode(ChoiceItem item) throws DataException {
        List<EncodedRequest> requests = new ArrayList<>();
        for (ChoiceItem.Option option : item.options()) {
            requests.add(encoder.encode(
                    item.place(), option.context(), ChoiceTask.TARGET_DELIMITER + option.continuation()));
        }
        if (unconditional) {
            for (ChoiceItem.Option option : item.options()) {
                requests.add(encoder.encode(item.place(), "", option.choice()));
            }
        }
        return new Encoded(item, key(requests), List.copyOf(requests));
    }

    private static String key(List<EncodedRequest> requests) {
        Checksum checksum = new Checksum();
        for (EncodedRequest request : requests) {
            ByteBuffer ids = ByteBuffer.allocate(4 * (2 + request.input().length + request.targets().length));
            ids.putInt(request.input().length).putInt(request.targets().length);
            Arrays.stream(request.input()).forEach(ids::putInt);
            Arrays.stream(request.targets()).forEach(ids::putInt);
            checksum.update(ids.flip());
        }
        return checksum.finish().sha256().substring(0, 32);
    }
}
