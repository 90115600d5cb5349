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
    private final List<Asked> asked;
    private final DirectionScoring scoring;

    TranslationEvaluation(TranslationTask task, List<Asked> asked, DirectionScoring scoring) {
        this.task = task;
        this.asked = List.copyOf(asked);
        this.scoring = scoring;
    }

    /**
     * A direction that is to be translated.
     *
     * @param examples for each segment those in front of it
     */
    record Asked(DirectionTexts texts, List<List<Segment>> examples) {}

    /**
     * Translates what is not known yet, and scores everything.
     *
     * @throws org.bayling.data.DataException when a prompt is too long for the model; nothing was generated then
     */
    public TranslationResults run(TranslatingModel model, TaskProgress progress) throws IOException {
        PromptEncoder encoder =
                new PromptEncoder(task.prompt(), model, task.generation().maxNewTokens());
        List<List<Asked>> groups = groups();
        for (List<Asked> group : groups) {
            prompts(group, encoder); // only to find what is wrong; all of them at once would take too much memory
        }
        List<TranslatedDirection> translated = new ArrayList<>();
        for (List<Asked> group : groups) {
            String name = "translating " + group.get(0).texts().direction() + " ("
                    + (translated.size() + group.size()) + " of " + asked.size() + ")";
            TaskProgress tokens = (own, done, total, unit) -> progress.on(name, done, total, unit);
            List<String> answers = model.answers().of(prompts(group, encoder), task.generation(), tokens);
            int next = 0;
            for (Asked direction : group) {
                int size = direction.texts().segments().size();
                translated.add(new TranslatedDirection(
                        direction.texts(),
                        answers.subList(next, next + size).stream()
                                .map(task.cleaning()::clean)
                                .toList()));
                next += size;
            }
        }
        return TranslationResults.of(scoring, translated, progress);
    }

    private static List<KeptAnswers.Prompt> prompts(List<Asked> group, PromptEncoder encoder) throws IOException {
        List<KeptAnswers.Prompt> prompts = new ArrayList<>();
        for (Asked direction : group) {
            DirectionTexts texts = direction.texts();
            for (int i = 0; i < texts.segments().size(); i++) {
                Segment segment = texts.segments().get(i);
                int[] ids = encoder.encode(
                        texts.source(), texts.target(), segment, direction.examples().get(i));
                prompts.add(new KeptAnswers.Prompt(segment.place(), ids));
            }
        }
        return prompts;
    }

    private List<List<Asked>> groups() {
        List<List<Asked>> groups = new ArrayList<>();
        int size = SEGMENTS_AT_ONCE;
        for (Asked direction : asked) {
            if (size >= SEGMENTS_AT_ONCE) {
                groups.add(new ArrayList<>());
                size = 0;
            }
            groups.get(groups.size() - 1).add(direction);
            size += direction.texts().segments().size();
        }
        return groups;
    }
}
