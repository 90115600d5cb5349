package org.bayling.evaluation.choice;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bayling.data.DataException;
import org.bayling.data.DataRows;
import org.bayling.evaluation.choice.ChoiceTask.Question;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.input.LanguageFiles;

/**
 * Reads the questions of a task. Any row that is not as it must be ends the reading: a score over part of the questions
 * would pass for one over all.
 *
 * @param task how rows are read
 * @param limit questions of each language, from the first
 * @param fewShot answered questions in front of each
 */
public record ChoiceData(ChoiceTask task, int limit, FewShot fewShot) {

    /** A question, its row, which tells it from others, and where that stands. */
    private record Placed(String place, JsonNode row, Question question) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Placed placed && placed.row.equals(row);
        }

        @Override
        public int hashCode() {
            return row.hashCode();
        }
    }

    /**
     * All questions, language by language.
     *
     * @param paths files, folders and globs of questions
     * @param examples files that answered questions are taken from, each subject's for itself; empty takes them from the
     *     questions themselves, never one in front of itself
     * @param languages wanted, in this order; empty takes all there are
     * @throws DataException naming file and line
     */
    public List<ChoiceItem> read(List<Path> paths, List<Path> examples, List<String> languages) throws IOException {
        LanguageFiles naming = new LanguageFiles(task.name(), task.languages(), task.monolingual());
        Map<String, List<Path>> files = naming.byLanguage(paths, languages);
        boolean own = fewShot.shots() == 0 || examples.isEmpty();
        Map<String, List<Path>> shown = own ? files : naming.byLanguage(examples, List.copyOf(files.keySet()));
        List<ChoiceItem> items = new ArrayList<>();
        for (Map.Entry<String, List<Path>> entry : files.entrySet()) {
            String language = entry.getKey();
            List<Placed> questions = questions(entry.getValue(), language);
            List<Placed> pool = own ? questions : questions(shown.get(language), language);
            items.addAll(items(language, questions.subList(0, Math.min(limit, questions.size())), pool, own));
        }
        return List.copyOf(items);
    }

    private List<ChoiceItem> items(String language, List<Placed> asked, List<Placed> pool, boolean own)
            throws DataException {
        Map<Optional<String>, List<Placed>> pools =
                pool.stream().collect(Collectors.groupingBy(placed -> placed.question().subject()));
        Map<Optional<String>, FewShot.Sampler<Placed>> samplers = new HashMap<>();
        List<ChoiceItem> items = new ArrayList<>();
        for (Placed placed : asked) {
            Question question = placed.question();
            List<Placed> examples = samplers
                    .computeIfAbsent(
                            question.subject(), subject -> fewShot.sampler(pools.getOrDefault(subject, List.of())))
                    .next(own || task.drawsSpare() ? Optional.of(placed) : Optional.empty());
            if (examples.size() < fewShot.shots()) {
                throw new DataException(placed.place() + ": only " + examples.size() + " of " + fewShot.shots()
                        + " examples are there for this question; give fewer, or more data for them");
            }
            items.add(new ChoiceItem(
                    placed.place(),
                    language,
                    question.subject(),
                    question.description(),
                    examples.stream().map(example -> example.question().answered()).toList(),
                    question.options(),
                    question.gold()));
        }
        return items;
    }

    private List<Placed> questions(List<Path> files, String language) throws IOException {
        List<Placed> questions = new ArrayList<>();
        for (Path file : files) {
            int before = questions.size();
            DataRows.objects(task.name(), List.of(file.toString()), (origin, row) -> {
                String place = origin.toString();
                if (!row.isObject()) {
                    throw new DataException(place + ": a JSON object is needed, a question a line");
                }
                questions.add(new Placed(place, row, task.layout().read(new ChoiceFields(place, row), language)));
            });
            if (questions.size() == before) {
                throw new DataException(file + ": is empty; expected rows, a question each");
            }
        }
        return questions;
    }
}
