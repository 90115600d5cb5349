package org.bayling.cli;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bayling.generate.FinishedListener;
import org.bayling.generate.GenerationResult;

/** Hands on answers in the order of their prompts, as early as that allows. */
final class AnswersInOrder implements FinishedListener {
    private final Consumer<Answers> next;
    private final SortedMap<Integer, List<GenerationResult>> early = new TreeMap<>();
    private int expected;

    /** All answers to the prompt with this index. */
    record Answers(int index, List<GenerationResult> results) {}

    AnswersInOrder(Consumer<Answers> next) {
        this.next = next;
    }

    @Override
    public void onFinished(int index, List<GenerationResult> results) {
        early.put(index, results);
        while (early.containsKey(expected)) {
            next.accept(new Answers(expected, early.remove(expected)));
            expected++;
        }
    }
}
