package org.bayling.evaluation.choice;

import static org.bayling.evaluation.choice.ChoiceMetric.ACC;
import static org.bayling.evaluation.choice.ChoiceMetric.ACC_NORM;
import static org.bayling.evaluation.fewshot.FewShot.Order.FIRST_N;
import static org.bayling.evaluation.fewshot.FewShot.Order.RANDOM;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bayling.data.DataException;
import org.bayling.evaluation.choice.ChoiceItem.Option;
import org.bayling.evaluation.choice.ChoiceTask.Question;
import org.bayling.evaluation.translation.PythonSpace;

/** The tasks that are known, with the prompts of lm-evaluation-harness. */
public final class ChoiceTasks {
    private static final Set<String> ANY = Set.of();
    private static final Optional<String> TOLD = Optional.empty();
    private static final Optional<String> ENGLISH = Optional.of("en");
    private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E");

    private static final List<ChoiceMetric> BY_LENGTH_TOO = List.of(ACC, ACC_NORM);
    private static final List<ChoiceMetric> ONLY_ACC = List.of(ACC);

    private static final Map<String, ChoiceTask> ALL = Stream.of(
                    new ChoiceTask(
                            "arc",
                            hub("allenai/ai2_arc; translated: alexandrainst/m_arc", "CC BY-SA 4.0; CC BY-NC 4.0"),
                            ANY, ENGLISH, RANDOM, false, BY_LENGTH_TOO, ChoiceTasks::arc),
                    new ChoiceTask(
                            "belebele",
                            hub("facebook/belebele", "CC BY-SA 4.0"),
                            ANY, TOLD, FIRST_N, true, BY_LENGTH_TOO, ChoiceTasks::belebele),
                    new ChoiceTask(
                            "global_mmlu",
                            hub("CohereLabs/Global-MMLU", "Apache-2.0"),
                            ANY, ENGLISH, FIRST_N, false, ONLY_ACC, ChoiceTasks::mmlu),
                    new ChoiceTask(
                            "hellaswag",
                            hub("Rowan/hellaswag; translated: alexandrainst/m_hellaswag", "MIT; CC BY-NC 4.0"),
                            ANY, ENGLISH, RANDOM, true, BY_LENGTH_TOO, ChoiceTasks::hellaswag),
                    new ChoiceTask(
                            "m_mmlu",
                            hub("alexandrainst/m_mmlu", "CC BY-NC 4.0"),
                            ANY, TOLD, FIRST_N, false, ONLY_ACC, ChoiceTasks::multilingualMmlu),
                    new ChoiceTask(
                            "mmlu",
                            hub("cais/mmlu", "MIT"),
                            ANY, ENGLISH, FIRST_N, false, ONLY_ACC, ChoiceTasks::mmlu),
                    new ChoiceTask(
                            "multiple_choice",
                            "rows of your own: language, question, choices, answer (counted from 0)",
                            ANY, TOLD, true, RANDOM, false, BY_LENGTH_TOO, ChoiceTasks::own),
                    new ChoiceTask(
                            "xcopa",
                            hub("cambridgeltl/xcopa", "CC BY 4.0"),
                            ChoiceWords.XCOPA.keySet(), TOLD, RANDOM, false, ONLY_ACC, ChoiceTasks::xcopa),
                    new ChoiceTask(
                            "xnli",
                            hub("facebook/xnli", "CC BY-NC 4.0"),
                            ChoiceWords.XNLI.keySet(), TOLD, RANDOM, true, ONLY_ACC, ChoiceTasks::xnli),
                    new ChoiceTask(
                            "xstorycloze",
                            hub("juletxara/xstory_cloze", "CC BY-SA 4.0"),
                            ANY, TOLD, RANDOM, true, ONLY_ACC, ChoiceTasks::xstorycloze),
                    new ChoiceTask(
                            "xwinograd",
                            hub("Muennighoff/xwinograd", "CC BY 4.0"),
                            ANY, TOLD, RANDOM, false, ONLY_ACC, ChoiceTasks::xwinograd))
            .collect(Collectors.collectingAndThen(
                    Collectors.toMap(ChoiceTask::name, task -> task, (first, second) -> first, TreeMap::new),
                    Collections::unmodifiableSortedMap));

    private ChoiceTasks() {}

    private static String hub(String dataset, String licence) {
        return "the data set " + dataset + " (" + licence + ")";
    }

    /** Names of all tasks, sorted. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** The task of this name. */
    public static Optional<ChoiceTask> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Question xcopa(ChoiceFields row, String language) throws DataException {
        String kind = row.text("question");
        ChoiceWords.Connectors words = ChoiceWords.XCOPA.get(language);
        String connector = switch (kind) {
            case "cause" -> words.cause();
            case "effect" -> words.effect();
            default -> throw row.problem("field 'question' is '" + kind + "', must be cause or effect");
        };
        String premise = PythonSpace.strip(row.text("premise"));
        String unended = premise.substring(0, premise.offsetByCodePoints(premise.length(), -1));
        List<String> choices = List.of(
                PythonText.firstLower(row.text("choice1")), PythonText.firstLower(row.text("choice2")));
        return Question.of(unended + " " + connector, choices, row.index("label", 0, 2));
    }

    private static Question belebele(ChoiceFields row, String language) throws DataException {
        StringBuilder text = new StringBuilder("P: " + row.text("flores_passage") + "\nQ: "
                + PythonSpace.strip(row.text("question")));
        for (int i = 0; i < 4; i++) {
            text.append('\n').append(LETTERS.get(i)).append(": ").append(row.text("mc_answer" + (i + 1)));
        }
        return Question.of(
                text.append("\nAnswer:").toString(), LETTERS.subList(0, 4), row.index("correct_answer_num", 1, 4));
    }

    /** MMLU and Global-MMLU; a sentence about the subject comes first. */
    private static Question mmlu(ChoiceFields row, String language) throws DataException {
        Question question = multilingualMmlu(row, language);
        String subject = row.text("subject");
        String description = "The following are multiple choice questions (with answers) about "
                + subject.replace('_', ' ') + ".\n\n";
        return new Question(description, Optional.of(subject), question.options(), question.gold());
    }

    private static Question multilingualMmlu(ChoiceFields row, String language) throws DataException {
        String question = row.text(row.has("question") ? "question" : "instruction");
        List<String> answers = row.has("choices") ? row.texts("choices") : lettered(row, 4);
        if (answers.size() != 4) {
            throw row.problem("field 'choices' has " + answers.size() + " texts, must have 4");
        }
        StringBuilder text = new StringBuilder(PythonSpace.strip(question));
        for (int i = 0; i < 4; i++) {
            text.append('\n').append(LETTERS.get(i)).append(". ").append(answers.get(i));
        }
        int gold = row.row().path("answer").isIntegralNumber() ? row.index("answer", 0, 4) : letter(row, "answer", 4);
        return Question.of(text.append("\nAnswer:").toString(), LETTERS.subList(0, 4), gold);
    }

    /** ARC as AI2 and the Hugging Face hub have it, and the translations with lettered options. */
    private static Question arc(ChoiceFields row, String language) throws DataException {
        if (row.has("instruction")) {
            List<String> options = new ArrayList<>();
            int gold = letter(row, "answer", LETTERS.size());
            int kept = -1;
            for (int i = 0; i < LETTERS.size(); i++) {
                Optional<String> option = row.optionalText("option_" + LETTERS.get(i).toLowerCase(Locale.ROOT));
                kept = i == gold && option.isPresent() ? options.size() : kept;
                option.ifPresent(options::add);
            }
            return arc(row, row.text("instruction"), options, kept);
        }
        ChoiceFields nested = new ChoiceFields(row.place(), row.row().path("question"));
        boolean original = nested.row().isObject();
        List<String> texts = original ? nested.each("choices", "text") : row.texts("choices", "text");
        List<String> labels = original ? nested.each("choices", "label") : row.texts("choices", "label");
        int gold = labels.indexOf(row.text("answerKey"));
        return arc(row, original ? nested.text("stem") : row.text("question"), texts, gold);
    }

    private static Question arc(ChoiceFields row, String question, List<String> options, int gold)
            throws DataException {
        if (options.size() < 2) {
            throw row.problem("has " + options.size() + " options, at least two are needed");
        }
        if (gold < 0 || gold >= options.size()) {
            throw row.problem("the right answer is none of its " + options.size() + " options");
        }
        return Question.of("Question: " + question + "\nAnswer:", options, gold);
    }

    private static Question hellaswag(ChoiceFields row, String language) throws DataException {
        String context = row.text("ctx_a") + " "
                + PythonText.capitalize(row.optionalText("ctx_b").orElse(""));
        List<String> endings =
                row.texts("endings").stream().map(ChoiceTasks::withoutMarks).toList();
        return Question.of(
                withoutMarks(row.text("activity_label") + ": " + context),
                endings,
                row.index("label", 0, endings.size()));
    }

    private static String withoutMarks(String text) {
        return PythonSpace.strip(text)
                .replace(" [title]", ". ")
                .replaceAll("\\[[^\\n]*?\\]", "")
                .replace("  ", " ");
    }

    private static Question xstorycloze(ChoiceFields row, String language) throws DataException {
        List<String> sentences = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            sentences.add(row.text("input_sentence_" + i));
        }
        List<String> endings = List.of(row.text("sentence_quiz1"), row.text("sentence_quiz2"));
        return Question.of(String.join(" ", sentences), endings, row.index("answer_right_ending", 1, 2));
    }

    private static Question xnli(ChoiceFields row, String language) throws DataException {
        ChoiceWords.Verdicts words = ChoiceWords.XNLI.get(language);
        String premise = row.text("premise");
        String hypothesis = row.text("hypothesis");
        List<String> choices = Stream.of(words.entailment(), words.neutral(), words.contradiction())
                .map(verdict -> premise + ", " + words.right() + "? " + verdict + ", " + hypothesis)
                .toList();
        return Question.of("", choices, row.index("label", 0, 3));
    }

    /** Rows of anybody: a question that is the context as it stands, choices, and which of them is right. */
    private static Question own(ChoiceFields row, String language) throws DataException {
        List<String> choices = row.texts("choices");
        return Question.of(row.text("question"), choices, row.index("answer", 0, choices.size()));
    }

    /** The options stand in the context, and what follows the blank is the same for both. */
    private static Question xwinograd(ChoiceFields row, String language) throws DataException {
        String sentence = row.text("sentence");
        int blank = sentence.indexOf('_');
        String rest = blank < 0 ? "" : PythonSpace.strip(sentence.substring(blank + 1));
        if (rest.isEmpty()) {
            throw row.problem("field 'sentence' must have a blank '_' and text after it");
        }
        String before = sentence.substring(0, blank);
        List<Option> options = Stream.of(row.text("option1"), row.text("option2"))
                .map(option -> new Option(before + option, rest, before + option))
                .toList();
        return Question.of(options, row.index("answer", 1, 2));
    }

    private static List<String> lettered(ChoiceFields row, int count) throws DataException {
        List<String> options = new ArrayList<>();
        for (String letter : List.of("a", "b", "c", "d", "e").subList(0, count)) {
            options.add(row.text("option_" + letter));
        }
        return options;
    }

    private static int letter(ChoiceFields row, String key, int options) throws DataException {
        int index = LETTERS.indexOf(row.text(key));
        if (index < 0 || index >= options) {
            throw row.problem("field '" + key + "' is '" + row.text(key) + "', must be a letter from A to "
                    + LETTERS.get(options - 1));
        }
        return index;
    }
}
