package org.bayling.evaluation.choice;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
     * @param examples files that answered questions are taken from, each subject's for itself; empty takes them from
     *     the questions themselves, never one in front of itself
     * @param languages wanted, in this order; empty takes all there are
     * @throws DataException naming file and line
     */
    public List<ChoiceItem> read(List<Path> paths, List<Path> examples, List<String> languages) throws IOException {
        Map<String, List<Placed>> questions = questions(paths, languages);
        boolean own = fewShot.shots() == 0 || examples.isEmpty();
        Map<String, List<Placed>> pools = own ? questions : questions(examples, List.copyOf(questions.keySet()));
        List<ChoiceItem> items = new ArrayList<>();
        for (Map.Entry<String, List<Placed>> entry : questions.entrySet()) {
            List<Placed> all = entry.getValue();
            List<Placed> asked = all.subList(0, Math.min(limit, all.size()));
            items.addAll(items(entry.getKey(), asked, pools.get(entry.getKey()), own));
        }
        return List.copyOf(items);
    }

    private Map<String, List<Placed>> questions(List<Path> paths, List<String> languages) throws IOException {
        LanguageFiles naming = new LanguageFiles(task.name(), task.languages(), task.monolingual());
        Map<String, List<Placed>> questions = new LinkedHashMap<>();
        if (!task.languageInRows()) {
            for (Map.Entry<String, List<Path>> files : naming.byLanguage(paths, languages).entrySet()) {
                questions.put(files.getKey(), rows(files.getValue(), row -> files.getKey()));
            }
            return questions;
        }
        Map<String, List<Placed>> found = new TreeMap<>();
        for (Placed placed : rows(DataRows.files(task.name(), texts(paths)), row -> row.text(ChoiceTask.LANGUAGE))) {
            String language = placed.row().path(ChoiceTask.LANGUAGE).textValue();
            found.computeIfAbsent(language, key -> new ArrayList<>()).add(placed);
        }
        for (String language : languages.isEmpty() ? found.keySet() : languages) {
            questions.put(language, naming.required(language, found, paths));
        }
        return questions;
    }

    private static List<String> texts(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    /** Tells the language of a row. */
    private interface RowLanguage {
        String of(ChoiceFields row) throws DataException;
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

    private List<Placed> rows(List<Path> files, RowLanguage language) throws IOException {
        List<Placed> questions = new ArrayList<>();
        for (Path file : files) {
            int before = questions.size();
            DataRows.objects(task.name(), List.of(file.toString()), (origin, row) -> {
                String place = origin.toString();
                if (!row.isObject()) {
                    throw new DataException(place + ": a JSON object is needed, a question a line");
                }
                ChoiceFields fields = new ChoiceFields(place, row);
                questions.add(new Placed(place, row, task.layout().read(fields, language.of(fields))));
            });
            if (questions.size() == before) {
                throw new DataException(file + ": is empty; expected rows, a question each");
            }
        }
        return questions;
    }
}
