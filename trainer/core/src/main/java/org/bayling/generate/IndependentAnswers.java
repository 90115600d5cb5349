package org.bayling.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One answer to a prompt, or several that are drawn independently of each other. */
final class IndependentAnswers implements Search {
    private final List<Answer> answers;
    private final int[] parents;

    IndependentAnswers(List<Answer> answers) {
        this.answers = List.copyOf(answers);
        this.parents = IntStream.range(0, answers.size()).toArray();
    }

    /**
     * Chooses the next token of every open answer.
     *
     * @param scores one row for each open row of each search
     */
    static void advance(Scores scores, TokenRules rules, List<IndependentAnswers> searches) {
        List<Answer> open = new ArrayList<>();
        for (IndependentAnswers search : searches) {
            for (int row : search.openRows()) {
                open.add(search.answers.get(row));
            }
        }
        int[] ids = Answer.choose(scores, rules, open);
        for (int i = 0; i < ids.length; i++) {
            open.get(i).take(ids[i], false, TokenListener.NONE);
        }
    }

    @Override
    public boolean ended() {
        return answers.stream().allMatch(Answer::ended);
    }

    @Override
    public int[] openRows() {
        return IntStream.range(0, answers.size())
                .filter(row -> !answers.get(row).ended())
                .toArray();
    }

    @Override
    public int lastId(int row) {
        return answers.get(row).history().last();
    }

    @Override
    public int[] parents() {
        return parents;
    }

    @Override
    public long newTokens() {
        return answers.stream().mapToLong(answer -> answer.history().newTokens()).sum();
    }

    @Override
    public List<GenerationResult> results(Timing timing) {
        return answers.stream()
                .map(answer ->
                        answer.result(timing.reusedTokens(), timing.prefillSeconds(), timing.decodeSeconds()))
                .toList();
    }
}
