package org.bayling.evaluation.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bayling.evaluation.perplexity.Perplexity;
import org.bayling.evaluation.perplexity.PerplexityReport;
import org.bayling.evaluation.perplexity.ScoredDocument;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;
import org.bayling.observe.TextTable;

/** Perplexities of languages, named as lm-evaluation-harness names them. */
record PerplexityResults(String name, List<ScoredDocument> scored) implements PartResults {

    private static Map<String, Double> metrics(Perplexity perplexity) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("word_perplexity", perplexity.perWord());
        metrics.put("byte_perplexity", perplexity.perByte());
        metrics.put("bits_per_byte", perplexity.bitsPerByte());
        return metrics;
    }

    private List<PerplexityReport.Row> rows() {
        return PerplexityReport.of(scored).rows();
    }

    @Override
    public List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        for (PerplexityReport.Row row : rows()) {
            metrics(row.perplexity()).forEach((metric, value) -> scores.add(new Score(
                    name,
                    Optional.empty(),
                    row.language(),
                    metric,
                    value,
                    Optional.empty(),
                    OptionalDouble.empty(),
                    row.perplexity().documents(),
                    Optional.empty())));
        }
        return scores;
    }

    /** What a document adds to each sum that perplexities are made of. */
    @Override
    public List<ResultItem> items() {
        List<ResultItem> items = new ArrayList<>();
        for (ScoredDocument document : scored) {
            Perplexity perplexity = document.perplexity();
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("ll", perplexity.logLikelihood());
            values.put("words", (double) perplexity.words());
            values.put("bytes", (double) perplexity.bytes());
            items.add(new ResultItem.Valued(
                    name,
                    document.document().language(),
                    ItemName.of(document.document().place()),
                    OptionalInt.empty(),
                    values));
        }
        return items;
    }

    @Override
    public List<String> table() {
        TextTable table = TextTable.of(
                name, ">documents", ">bytes", ">word_perplexity", ">byte_perplexity", ">bits_per_byte");
        for (PerplexityReport.Row row : rows()) {
            Perplexity perplexity = row.perplexity();
            table.row(
                    row.language().orElse("all"),
                    perplexity.documents(),
                    perplexity.bytes(),
                    decimals(perplexity.perWord()),
                    decimals(perplexity.perByte()),
                    decimals(perplexity.bitsPerByte()));
        }
        return table.lines();
    }

    @Override
    public List<String> csv() {
        List<String> lines = new ArrayList<>(List.of("task,language,documents,bytes,words,ll,metric,value"));
        for (PerplexityReport.Row row : rows()) {
            Perplexity perplexity = row.perplexity();
            metrics(perplexity).forEach((metric, value) -> lines.add(String.join(
                    ",",
                    name,
                    row.language().orElse(""),
                    Integer.toString(perplexity.documents()),
                    Long.toString(perplexity.bytes()),
                    Long.toString(perplexity.words()),
                    Double.toString(perplexity.logLikelihood()),
                    metric,
                    Double.toString(value))));
        }
        return lines;
    }

    @Override
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("task", name);
        ObjectNode results = root.putObject("results");
        for (PerplexityReport.Row row : rows()) {
            ObjectNode node = results.putObject(row.language().orElse("all"));
            Perplexity perplexity = row.perplexity();
            node.put("documents", perplexity.documents()).put("bytes", perplexity.bytes());
            node.put("words", perplexity.words()).put("ll", perplexity.logLikelihood());
            metrics(perplexity).forEach(node::put);
        }
        return root;
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
