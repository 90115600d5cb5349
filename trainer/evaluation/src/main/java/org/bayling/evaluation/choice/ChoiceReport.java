package org.bayling.evaluation.choice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Accuracies of a task, of its languages and of their subjects.
 *
 * @param task its name
 * @param shots answered questions in front of each
 * @param metrics in the order of the report
 * @param rows groups before their parts
 */
public record ChoiceReport(String task, int shots, List<ChoiceMetric> metrics, List<Row> rows) {

    /**
     * One task, language or subject.
     *
     * @param name {@code xcopa_zh}
     * @param language empty for all languages together
     * @param subject empty for all subjects together
     * @param depth 0 for the outermost
     * @param group whether it is made of the rows below it
     * @param size questions
     * @param values by metric
     */
    public record Row(
            String name,
            Optional<String> language,
            Optional<String> subject,
            int depth,
            boolean group,
            int size,
            Map<ChoiceMetric, Value> values) {}

    /**
     * A mean and its standard error.
     *
     * @param stderr empty where there are too few questions to tell
     */
    public record Value(double mean, OptionalDouble stderr) {

        /** Over single answers: the standard error is the sample's standard deviation over the root of its size. */
        static Value of(int right, int size) {
            double mean = (double) right / size;
            double squares = right * (1 - mean) * (1 - mean) + (size - right) * mean * mean;
            return new Value(
                    mean,
                    size < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / (size - 1) / size)));
        }

        /** Over parts by their sizes, with the pooled standard error of lm-evaluation-harness. */
        static Value pooled(List<Value> parts, List<Integer> sizes) {
            long total = 0;
            double sum = 0;
            double squares = 0;
            boolean known = true;
            for (int i = 0; i < sizes.size(); i++) {
                long size = sizes.get(i);
                total += size;
                sum += parts.get(i).mean() * size;
                double stderr = parts.get(i).stderr().orElse(Double.NaN);
                known &= !Double.isNaN(stderr);
                squares += (size - 1) * stderr * stderr * size;
            }
            double variance = squares / (total - sizes.size());
            return new Value(
                    sum / total, known ? OptionalDouble.of(Math.sqrt(variance / total)) : OptionalDouble.empty());
        }
    }

    /**
     * Counts who was right.
     *
     * @param task the name of the report
     */
    public static ChoiceReport of(String task, int shots, List<ChoiceMetric> metrics, List<ScoredItem> items) {
        Map<String, Map<Optional<String>, List<ScoredItem>>> languages = new LinkedHashMap<>();
        for (ScoredItem item : items) {
            languages
                    .computeIfAbsent(item.item().language(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(item.item().subject(), key -> new ArrayList<>())
                    .add(item);
        }
        boolean several = languages.size() > 1;
        List<Row> rows = new ArrayList<>();
        List<Row> leaves = new ArrayList<>();
        languages.forEach((language, subjects) -> {
            String name = task + "_" + language;
            boolean group = subjects.size() > 1;
            int depth = several ? 1 : 0;
            List<Row> parts = new ArrayList<>();
            subjects.forEach((subject, scored) -> parts.add(new Row(
                    name + subject.map("_"::concat).orElse(""),
                    Optional.of(language),
                    group ? subject : Optional.empty(),
                    group ? depth + 1 : depth,
                    false,
                    scored.size(),
                    counted(metrics, scored))));
            if (group) {
                rows.add(group(name, Optional.of(language), depth, metrics, parts));
            }
            rows.addAll(parts);
            leaves.addAll(parts);
        });
        if (several) {
            rows.add(0, group(task, Optional.empty(), 0, metrics, leaves));
        }
        return new ChoiceReport(task, shots, List.copyOf(metrics), List.copyOf(rows));
    }

    private static Map<ChoiceMetric, Value> counted(List<ChoiceMetric> metrics, List<ScoredItem> items) {
        Map<ChoiceMetric, Value> values = new LinkedHashMap<>();
        for (ChoiceMetric metric : metrics) {
            int right = (int) items.stream().filter(item -> item.right(metric)).count();
            values.put(metric, Value.of(right, items.size()));
        }
        return values;
    }

    private static Row group(
            String name, Optional<String> language, int depth, List<ChoiceMetric> metrics, List<Row> parts) {
        List<Integer> sizes = parts.stream().map(Row::size).toList();
        Map<ChoiceMetric, Value> values = new LinkedHashMap<>();
        for (ChoiceMetric metric : metrics) {
            List<Value> each = parts.stream().map(part -> part.values().get(metric)).toList();
            values.put(metric, Value.pooled(each, sizes));
        }
        int size = sizes.stream().mapToInt(Integer::intValue).sum();
        return new Row(name, language, Optional.empty(), depth, true, size, values);
    }
}
