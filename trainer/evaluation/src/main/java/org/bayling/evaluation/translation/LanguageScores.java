package org.bayling.evaluation.translation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exact match and chrF2 of short answers, for each language and over all.
 *
 * @param byGroup scores by language, or by whatever the answers were grouped by, in the order of the names
 * @param all scores over all answers
 */
public record LanguageScores(Map<String, Score> byGroup, Score all) {

    public LanguageScores {
        byGroup = Collections.unmodifiableMap(new TreeMap<>(byGroup));
    }

    /**
     * An answer to be scored.
     *
     * @param group language, or another name to report it under
     * @param answer what was answered
     * @param expected what should have been
     */
    public record Answer(String group, String answer, String expected) {}

    /**
     * Scores of a set of answers.
     *
     * @param answers how many
     * @param exact how many were right to the letter
     * @param chrf corpus chrF2, 0 to 100
     */
    public record Score(int answers, int exact, double chrf) {
        /** Share that was right to the letter, 0 to 100. */
        public double exactMatch() {
            return answers == 0 ? 0 : 100.0 * exact / answers;
        }
    }

    /** Scores all answers. */
    public static LanguageScores of(List<Answer> answers) {
        Map<String, List<Answer>> groups = new TreeMap<>();
        for (Answer answer : answers) {
            groups.computeIfAbsent(answer.group(), name -> new ArrayList<>()).add(answer);
        }
        Map<String, Score> scores = new TreeMap<>();
        groups.forEach((name, group) -> scores.put(name, score(group)));
        return new LanguageScores(scores, score(answers));
    }

    private static Score score(List<Answer> answers) {
        int exact = 0;
        List<String> hypotheses = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        for (Answer answer : answers) {
            exact += ExactMatch.of(answer.answer(), answer.expected()) ? 1 : 0;
            hypotheses.add(answer.answer());
            references.add(List.of(answer.expected()));
        }
        return new Score(answers.size(), exact, Chrf.chrf2().corpus(hypotheses, references));
    }
}
