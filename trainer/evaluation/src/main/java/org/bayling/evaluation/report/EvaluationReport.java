package org.bayling.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.DataException;
import org.bayling.evaluation.report.PairedTests.Outcome;
import org.bayling.evaluation.report.ScoreRow.Paired;
import org.bayling.evaluation.report.ScoreRow.Value;
import org.bayling.evaluation.results.Score;
import org.bayling.evaluation.significance.Bootstrap;
import org.bayling.observe.TaskProgress;

/** Everything that a report shows, computed; the pages and tables are made from it. Immutable. */
public final class EvaluationReport {
    private static final Bootstrap RESAMPLING = new Bootstrap(1000, 12345);

    private final List<EvaluatedSystem> systems;
    private final List<ScoreRow> rows;
    private final List<GroupMean> means;

    private EvaluationReport(List<EvaluatedSystem> systems, List<ScoreRow> rows) {
        this.systems = List.copyOf(systems);
        this.rows = List.copyOf(rows);
        List<GroupMean> all = new ArrayList<>();
        for (GroupMean.Kind kind : GroupMean.Kind.values()) {
            all.addAll(GroupMean.of(kind, rows));
        }
        this.means = List.copyOf(all);
    }

    /**
     * Compares systems.
     *
     * @param systems the baseline first
     * @throws DataException when there is no score, or what two systems share was not measured alike
     */
    public static EvaluationReport of(
            List<EvaluatedSystem> systems, LanguageRegistry registry, TaskProgress progress) throws IOException {
        Set<ScoreKey> keys = new LinkedHashSet<>();
        systems.forEach(system -> keys.addAll(system.scores().keySet()));
        if (keys.isEmpty()) {
            throw new DataException(systems.get(0).folders().get(0) + ": has no score; evaluate again");
        }
        PairedTests tests = new PairedTests(RESAMPLING);
        List<ScoreRow> rows = new ArrayList<>();
        for (ScoreKey key : keys) {
            rows.add(row(key, systems, registry, tests));
            progress.on("comparing", rows.size(), keys.size(), "scores");
        }
        return new EvaluationReport(systems, rows);
    }

    private static ScoreRow row(
            ScoreKey key, List<EvaluatedSystem> systems, LanguageRegistry registry, PairedTests tests) throws IOException {
        ReportMetric metric = ReportMetric.of(key.metric());
        List<Optional<Value>> values = new ArrayList<>();
        Optional<Score> baseline = Optional.ofNullable(systems.get(0).scores().get(key));
        for (EvaluatedSystem system : systems) {
            Optional<Score> score = Optional.ofNullable(system.scores().get(key));
            Optional<Paired> paired = Optional.empty();
            if (system != systems.get(0) && score.isPresent() && baseline.isPresent()) {
                Outcome outcome = tests.test(key, systems.get(0), system);
                double difference = metric.points(score.get().value()) - metric.points(baseline.get().value());
                paired = Optional.of(new Paired(difference, outcome.pValue(), outcome.test()));
            }
            Optional<Paired> comparison = paired;
            values.add(score.map(found -> Value.of(found, metric, comparison)));
        }
        return new ScoreRow(
                key,
                key.source().map(code -> LanguageTraits.of(code, registry)),
                key.language().map(code -> LanguageTraits.of(code, registry)),
                metric,
                values);
    }

    /** The baseline first. */
    public List<String> names() {
        return systems.stream().map(EvaluatedSystem::name).toList();
    }

    List<EvaluatedSystem> systems() {
        return systems;
    }

    List<ScoreRow> rows() {
        return rows;
    }

    List<GroupMean> means(GroupMean.Kind kind) {
        return means.stream().filter(mean -> mean.kind() == kind).toList();
    }

    /** Tasks with their metrics, the one that stands for the task first. */
    Map<String, List<ReportMetric>> tasks() {
        Map<String, List<ReportMetric>> tasks = new LinkedHashMap<>();
        for (ScoreRow row : rows) {
            List<ReportMetric> metrics = tasks.computeIfAbsent(row.key().task(), task -> new ArrayList<>());
            if (!metrics.contains(row.metric())) {
                metrics.add(row.metric());
            }
        }
        tasks.values().forEach(metrics -> metrics.sort(Comparator.comparingInt(ReportMetric::rank)));
        return tasks;
    }

    /** The metric that stands for a task. */
    ReportMetric mainMetric(String task) {
        return tasks().get(task).get(0);
    }

    /** Scores of single languages. */
    List<ScoreRow> rows(String task, ReportMetric metric) {
        return rows.stream()
                .filter(row -> row.key().task().equals(task)
                        && row.metric().equals(metric)
                        && row.language().isPresent())
                .toList();
    }

    /** Names of the tests that were made. */
    Set<String> tests() {
        Set<String> tests = new TreeSet<>();
        for (ScoreRow row : rows) {
            for (Optional<Value> value : row.values()) {
                value.flatMap(Value::comparison).map(Paired::test).filter(name -> !name.isEmpty()).ifPresent(tests::add);
            }
        }
        return tests;
    }
}
