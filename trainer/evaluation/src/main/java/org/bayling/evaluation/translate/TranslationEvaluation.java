package org.bayling.evaluation.translate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bayling.observe.TaskProgress;

/** A task whose texts are in memory. */
public final class TranslationEvaluation {
    /** Directions are translated together until they have so many segments, so that batches stay full. */
    private static final int SEGMENTS_AT_ONCE = 1024;

    private final TranslationTask task;
    private final List<TranslationTask.Texts> texts;
    private final MetricChoice.Loaded metrics;

    TranslationEvaluation(TranslationTask task, List<TranslationTask.Texts> texts, MetricChoice.Loaded metrics) {
        this.task = task;
        this.texts = List.copyOf(texts);
        this.metrics = metrics;
    }

    /** Segments in all directions. */
    public int segments() {
        return texts.stream().mapToInt(direction -> direction.segments().size()).sum();
    }

    /**
     * Translates what is not known yet, and scores everything.
     *
     * @throws org.bayling.data.DataException when a prompt is too long for the model; nothing was generated then
     */
    public TranslationResults run(TranslatingModel model, TaskProgress progress) throws IOException {
        PromptEncoder encoder =
                new PromptEncoder(task.prompt(), model, task.generation().maxNewTokens());
        List<List<TranslationTask.Texts>> groups = groups();
        for (List<TranslationTask.Texts> group : groups) {
            prompts(group, encoder); // only to find what is wrong; all of them at once would take too much memory
        }
        List<TranslatedDirection> translated = new ArrayList<>();
        for (List<TranslationTask.Texts> group : groups) {
            String name = "translating " + group.get(0).direction() + " (" + (translated.size() + group.size()) + " of "
                    + texts.size() + ")";
            TaskProgress tokens = (own, done, total, unit) -> progress.on(name, done, total, unit);
            List<String> answers = model.answers().of(prompts(group, encoder), task.generation(), tokens);
            int next = 0;
            for (TranslationTask.Texts direction : group) {
                int size = direction.segments().size();
                translated.add(TranslatedDirection.of(direction, answers.subList(next, next + size), task.cleaning()));
                next += size;
            }
        }
        return score(translated, progress);
    }

    private TranslationResults score(List<TranslatedDirection> translated, TaskProgress progress) {
        DirectionScoring scoring =
                new DirectionScoring(task.name(), metrics, task.bootstrap(), task.checkLanguage(), task.version());
        List<TranslationResults.Row> rows = new ArrayList<>();
        for (TranslatedDirection direction : translated) {
            rows.add(new TranslationResults.Row(direction, scoring.scores(direction)));
            progress.on("scoring", rows.size(), translated.size(), "directions");
        }
        return new TranslationResults(task.name(), rows);
    }

    private static List<KeptAnswers.Prompt> prompts(List<TranslationTask.Texts> group, PromptEncoder encoder)
            throws IOException {
        List<KeptAnswers.Prompt> prompts = new ArrayList<>();
        for (TranslationTask.Texts direction : group) {
            for (int i = 0; i < direction.segments().size(); i++) {
                Segment segment = direction.segments().get(i);
                List<Segment> examples = direction.examples().get(i);
                prompts.add(new KeptAnswers.Prompt(
                        segment.place(),
                        encoder.encode(direction.source(), direction.target(), segment, examples)));
            }
        }
        return prompts;
    }

    private List<List<TranslationTask.Texts>> groups() {
        List<List<TranslationTask.Texts>> groups = new ArrayList<>();
        int size = SEGMENTS_AT_ONCE;
        for (TranslationTask.Texts direction : texts) {
            if (size >= SEGMENTS_AT_ONCE) {
                groups.add(new ArrayList<>());
                size = 0;
            }
            groups.get(groups.size() - 1).add(direction);
            size += direction.segments().size();
        }
        return groups;
    }
}
