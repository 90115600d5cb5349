package org.bayling.evaluation.scoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import org.bayling.evaluation.scoring.ScoreReport.ScoredMetric;
import org.bayling.evaluation.scoring.ScoreReport.ScoredSystem;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.FixedDecimals;
import org.bayling.evaluation.translation.MetricScore;
import org.bayling.evaluation.translation.TranslationMetric;

/**
 * A report as JSON. One system: {@code {"scores": {"bleu": {...}}, "outputs": {...}}}; several: {@code {"systems":
 * [{"system": ..., "scores": ..., "outputs": ...}]}}; a baseline stands beside them under {@code baseline}. The keys of a
 * score are those of sacreBLEU's JSON and objects.
 *
 * @param decimals of scores; all there are where none is asked for
 */
public record ScoreJson(OptionalInt decimals) {

    /** The whole report. */
    public ObjectNode of(ScoreReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        List<ScoredSystem> systems = report.systems();
        List<ScoredSystem> compared = report.hasBaseline() ? systems.subList(1, systems.size()) : systems;
        if (compared.size() == 1) {
            fill(root, compared.get(0));
        } else {
            ArrayNode array = root.putArray("systems");
            compared.forEach(system -> fill(array.addObject(), system));
        }
        if (report.hasBaseline()) {
            fill(root.putObject("baseline"), systems.get(0));
        }
        return root;
    }

    private void fill(ObjectNode node, ScoredSystem system) {
        node.put("system", system.name());
        ObjectNode scores = node.putObject("scores");
        system.metrics().forEach(scored -> scores.set(scored.metric().key(), score(scored)));
        node.set("outputs", outputs(system.outputs()));
    }

    private ObjectNode score(ScoredMetric scored) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", scored.metric().name());
        node.put("score", rounded(scored.score().score()));
        node.put("signature", scored.metric().signature(scored.context()));
        scored.estimate().ifPresent(estimate -> {
            node.put("confidence_mean", rounded(estimate.mean()));
            node.put("confidence_var", rounded(estimate.halfWidth()));
        });
        scored.pValue().ifPresent(p -> node.put("p_value", p).put("significant", scored.significant()));
        details(node, scored.metric(), scored.score());
        return node;
    }

    private static void details(ObjectNode node, TranslationMetric metric, MetricScore score) {
        if (score instanceof MetricScore.Bleu bleu) {
            node.put("verbose_score", bleu.verbose());
            numbers(node.putArray("counts"), bleu.counts());
            numbers(node.putArray("totals"), bleu.totals());
            numbers(node.putArray("precisions"), bleu.precisions());
            node.put("bp", bleu.brevityPenalty()).put("ratio", bleu.ratio());
            node.put("sys_len", bleu.hypothesisLength()).put("ref_len", bleu.referenceLength());
        } else if (score instanceof MetricScore.Ter ter) {
            node.put("num_edits", ter.edits()).put("ref_length", ter.referenceLength());
        } else if (metric instanceof Chrf chrf) {
            node.put("char_order", chrf.charOrder())
                    .put("word_order", chrf.wordOrder())
                    .put("beta", chrf.beta());
        }
    }

    private static void numbers(ArrayNode array, List<Double> values) {
        for (double value : values) {
            if (value == Math.rint(value)) {
                array.add((long) value);
            } else {
                array.add(value);
            }
        }
    }

    private static ObjectNode outputs(OutputCounts counts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("segments", counts.segments());
        node.put("empty", counts.empty()).put("overlong", counts.overlong());
        counts.copied().ifPresent(copied -> node.put("copied", copied));
        counts.language().ifPresent(language -> {
            ObjectNode languages = node.putObject("language");
            languages.put("correctness", language.correctness());
            languages.put("right", language.right()).put("wrong", language.wrong());
            languages.put("unknown", language.unknown()).put("method", language.method());
        });
        return node;
    }

    /** A number with the decimals that are asked for. */
    public double rounded(double value) {
        return decimals.isPresent() ? Double.parseDouble(FixedDecimals.format(value, decimals.getAsInt())) : value;
    }
}
