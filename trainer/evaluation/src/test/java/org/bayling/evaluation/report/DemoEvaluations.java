package org.bayling.evaluation.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.ResultItem.Translation;
import org.bayling.evaluation.results.ResultItem.Valued;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.results.Score.Interval;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.evaluation.significance.Estimate;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.SignatureContext;
import org.bayling.evaluation.translation.Ter;
import org.bayling.evaluation.translation.TranslationMetric;

/** Folders of evaluations as a base model and its tuned version might leave them; made up, the same for every run. */
final class DemoEvaluations {
    static final List<String> LANGUAGES = List.of(
            "deu_Latn", "fra_Latn", "spa_Latn", "por_Latn", "ita_Latn", "rus_Cyrl", "jpn_Jpan", "kor_Hang", "vie_Latn",
            "tha_Thai", "ind_Latn", "tur_Latn", "pol_Latn", "nld_Latn", "ces_Latn", "arb_Arab", "heb_Hebr", "hin_Deva",
            "ben_Beng", "tam_Taml", "tel_Telu", "urd_Arab", "pes_Arab", "ukr_Cyrl", "ron_Latn", "hun_Latn", "fin_Latn",
            "ell_Grek", "kat_Geor", "hye_Armn", "kaz_Cyrl", "uig_Arab", "bod_Tibt", "mya_Mymr", "khm_Khmr", "lao_Laoo",
            "amh_Ethi", "swh_Latn", "yor_Latn", "quy_Latn");
    private static final List<TranslationMetric> METRICS =
            List.of(Bleu.standard(), Chrf.chrf2PlusPlus(), Ter.standard());

    private final int segments;
    private final List<String> languages;
    private final Optional<Bootstrap> intervals;

    /**
     * @param intervals how confidence intervals of translations are made, if they are
     */
    DemoEvaluations(int segments, List<String> languages, Optional<Bootstrap> intervals) {
        this.segments = segments;
        this.languages = languages;
        this.intervals = intervals;
    }

    /** Writes one system's folder; its outputs are right the more often, the larger {@code skill} is, 0 to 1. */
    Path write(Path folder, String model, double skill) throws IOException {
        List<Score> scores = new ArrayList<>();
        List<ResultItem> items = new ArrayList<>();
        for (String pivot : List.of("eng_Latn", "zho_Hans")) {
            for (int i = 0; i < languages.size(); i++) {
                double good = skill * (1 - 0.012 * i);
                translate(pivot, languages.get(i), good * 0.8, model, scores, items);
                translate(languages.get(i), pivot, good, model, scores, items);
            }
        }
        translate("eng_Latn", "zho_Hans", skill, model, scores, items);
        translate("zho_Hans", "eng_Latn", skill, model, scores, items);
        for (int i = 0; i < languages.size(); i += 3) {
            ask(languages.get(i).substring(0, 3), skill * (1 - 0.012 * i), model, scores, items);
        }
        EvaluationResults results = new EvaluationResults(
                "demo", "suite", model, "f" + model.hashCode(), Map.of("prompt", "bayling", "beams", "5"), scores);
        EvaluationFolder.write(folder, results, items.iterator());
        return folder;
    }

    private void translate(
            String from, String to, double good, String model, List<Score> scores, List<ResultItem> items) {
        Random text = new Random((from + to).hashCode());
        Random luck = new Random((from + to + model).hashCode());
        List<String> hypotheses = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        for (int segment = 0; segment < segments; segment++) {
            List<String> words = new ArrayList<>();
            List<String> output = new ArrayList<>();
            for (int word = 0; word < 8 + text.nextInt(8); word++) {
                words.add(word(text));
                output.add(luck.nextDouble() < good ? words.get(word) : word(luck));
            }
            references.add(List.of(String.join(" ", words)));
            hypotheses.add(String.join(" ", output));
            items.add(new Translation(
                    "flores-200",
                    from,
                    to,
                    "" + segment,
                    "source " + segment,
                    hypotheses.get(segment),
                    references.get(segment)));
        }
        for (TranslationMetric metric : METRICS) {
            SegmentTable table = SegmentTable.of(metric, hypotheses, references);
            Optional<Interval> interval = intervals.map(bootstrap -> {
                Estimate estimate = bootstrap.confidence(metric, table);
                return new Interval(estimate.mean() - estimate.halfWidth(), estimate.mean() + estimate.halfWidth());
            });
            scores.add(new Score(
                    "flores-200",
                    Optional.of(from),
                    Optional.of(to),
                    metric.key(),
                    metric.score(table.sums()).score(),
                    interval,
                    OptionalDouble.empty(),
                    segments,
                    Optional.of(metric.signature(SignatureContext.of(1, "0.1.0")))));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int syllable = 0; syllable <= random.nextInt(3); syllable++) {
            word.append("bdfgklmnprstvz".charAt(random.nextInt(14))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.toString();
    }

    private void ask(String language, double good, String model, List<Score> scores, List<ResultItem> items) {
        Random luck = new Random((language + model).hashCode());
        int right = 0;
        int questions = segments * 4;
        for (int question = 0; question < questions; question++) {
            int answer = luck.nextDouble() < 0.5 + good / 2.2 ? 1 : 0;
            right += answer;
            items.add(new Valued(
                    "xcopa", language, "q" + question, OptionalInt.of(question % 2), Map.of("acc", (double) answer)));
        }
        double mean = (double) right / questions;
        scores.add(new Score(
                "xcopa",
                Optional.empty(),
                Optional.of(language),
                "acc",
                mean,
                Optional.empty(),
                OptionalDouble.of(Math.sqrt(mean * (1 - mean) / (questions - 1))),
                questions,
                Optional.empty()));
    }
}
