package org.bayling.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.bayling.corpus.Instruction;
import org.bayling.corpus.Language;
import org.bayling.evaluation.translation.ExactMatch;
import org.bayling.evaluation.translation.LanguageScores;
import org.bayling.evaluation.translation.LanguageScores.Score;
import org.bayling.observe.RunReport;
import org.bayling.observe.TextTable;

/**
 * The same questions before and after tuning, compared.
 *
 * @param languages in the order in which they are shown
 */
record QuickstartResult(List<Language> languages, Examination before, Examination after) {

    private static final Function<Instruction, String> BY_LANGUAGE =
            question -> question.direction().language().tag();
    private static final Function<Instruction, String> BY_TASK =
            question -> question.item().category().tag();

    QuickstartResult {
        languages = List.copyOf(languages);
    }

    /** Exact match and chrF by language, by task and over all. */
    TextTable table() {
        TextTable table =
                TextTable.of("held-out questions", ">asked", ">exact before", ">after", ">chrF before", ">after");
        LanguageScores first = before.scores(BY_LANGUAGE);
        LanguageScores last = after.scores(BY_LANGUAGE);
        for (Language language : languages) {
            Score score = first.byGroup().get(language.tag());
            row(table, language.english(), score, last.byGroup().get(language.tag()));
        }
        LanguageScores firstTasks = before.scores(BY_TASK);
        LanguageScores lastTasks = after.scores(BY_TASK);
        firstTasks.byGroup().forEach((task, score) -> row(table, task, score, lastTasks.byGroup().get(task)));
        row(table, "all", first.all(), last.all());
        return table;
    }

    private static void row(TextTable table, String name, Score before, Score after) {
        table.row(
                name,
                String.valueOf(before.answers()),
                percent(before.exactMatch()),
                percent(after.exactMatch()),
                points(before.chrf()),
                points(after.chrf()));
    }

    /** One line with what tuning brought. */
    String summary() {
        Score first = before.scores(BY_LANGUAGE).all();
        Score last = after.scores(BY_LANGUAGE).all();
        return "Held-out exact match " + percent(first.exactMatch()) + " -> " + percent(last.exactMatch())
                + ", chrF2 " + points(first.chrf()) + " -> " + points(last.chrf()) + " on " + first.answers()
                + " questions in " + languages.size() + " languages, about items that no instruction of the tuning set names.";
    }

    /** Some questions with the answers before and after, right ones first. */
    List<String> examples(int count) {
        List<String> right = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < after.questions().size(); i++) {
            Instruction question = after.questions().get(i);
            boolean exact = ExactMatch.of(after.answers().get(i), question.output());
            String line = question.instruction() + "\n    before: " + oneLine(before.answers().get(i))
                    + "\n    after:  " + oneLine(after.answers().get(i)) + (exact ? "" : "   (right: " + question.output() + ")");
            (exact ? right : wrong).add(line);
        }
        int shownWrong = Math.min(wrong.size(), Math.max(count / 3, count - right.size()));
        List<String> examples = new ArrayList<>(spread(right, count - shownWrong));
        examples.addAll(spread(wrong, shownWrong));
        return examples;
    }

    private static List<String> spread(List<String> lines, int count) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(count, lines.size()); i++) {
            chosen.add(lines.get((int) ((long) i * lines.size() / Math.min(count, lines.size()))));
        }
        return chosen;
    }

    private static String oneLine(String text) {
        return text.isBlank() ? "(nothing)" : text.strip().replace("\n", " / ");
    }

    /** For the run's report. */
    RunReport.Section section() {
        LanguageScores first = before.scores(BY_LANGUAGE);
        LanguageScores last = after.scores(BY_LANGUAGE);
        List<RunReport.Bars> exact = new ArrayList<>();
        List<RunReport.Bars> chrf = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Language language : languages) {
            Score one = first.byGroup().get(language.tag());
            Score other = last.byGroup().get(language.tag());
            exact.add(new RunReport.Bars(
                    language.english(), language.own(), List.of(one.exactMatch(), other.exactMatch())));
            chrf.add(new RunReport.Bars(language.english(), language.own(), List.of(one.chrf(), other.chrf())));
        }
        LanguageScores lastTasks = after.scores(BY_TASK);
        before.scores(BY_TASK).byGroup().forEach((task, one) -> rows.add(List.of(
                task,
                String.valueOf(one.answers()),
                percent(one.exactMatch()),
                percent(lastTasks.byGroup().get(task).exactMatch()),
                points(one.chrf()),
                points(lastTasks.byGroup().get(task).chrf()))));
        List<String> series = List.of("before", "after");
        return new RunReport.Section(
                "Held-out questions",
                summary(),
                List.of(
                        new RunReport.GroupedBars("exact match, %", series, 100, exact),
                        new RunReport.GroupedBars("chrF2", series, 100, chrf)),
                Optional.of(new RunReport.Table(
                        List.of("task", "asked", "exact before", "exact after", "chrF before", "chrF after"), rows)));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f%%", value);
    }

    private static String points(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
