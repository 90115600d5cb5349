package org.bayling.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Stepped;

/**
 * The steps between two logged ones, as one: losses are means over the steps, tokens and times are sums, the rest is
 * the last step's. Windows end at multiples of {@code loggingSteps} and at the last step, wherever a run was resumed.
 */
final class StepWindow {

    private final int loggingSteps;
    private final List<Stepped> steps = new ArrayList<>();

    StepWindow(int loggingSteps) {
        this.loggingSteps = Math.max(1, loggingSteps);
    }

    /** Takes a step; gives the whole window when this step ends it. */
    Optional<Stepped> add(Stepped step, long totalSteps) {
        steps.add(step);
        if (step.step() % loggingSteps != 0 && step.step() != totalSteps) {
            return Optional.empty();
        }
        Stepped merged = steps.size() == 1 ? step : merged(step);
        steps.clear();
        return Optional.of(merged);
    }

    /** A step that was skipped has no update and often no loss: it counts only where all were skipped. */
    private Stepped merged(Stepped last) {
        boolean allSkipped = steps.stream().allMatch(Stepped::skipped);
        List<Stepped> counted = allSkipped ? steps : steps.stream().filter(s -> !s.skipped()).toList();
        Stepped lastCounted = counted.get(counted.size() - 1);
        return new Stepped(
                last.step(),
                last.epoch(),
                counted.stream().mapToDouble(Stepped::loss).average().orElseThrow(),
                lastCounted.gradNorm(),
                last.learningRate(),
                steps.stream().mapToLong(Stepped::tokens).sum(),
                steps.stream().mapToLong(Stepped::trainedTokens).sum(),
                last.totalTokens(),
                steps.stream().map(Stepped::duration).reduce(Duration.ZERO, Duration::plus),
                groups(counted),
                last.sampleDigest(),
                steps.stream().anyMatch(Stepped::skipped));
    }

    private static Map<String, GroupLoss> groups(List<Stepped> steps) {
        Map<String, GroupLoss> groups = new LinkedHashMap<>();
        for (Stepped step : steps) {
            step.groups().forEach((name, loss) -> groups.merge(name, loss, StepWindow::sum));
        }
        return groups;
    }

    private static GroupLoss sum(GroupLoss a, GroupLoss b) {
        return new GroupLoss(
                a.lossSum() + b.lossSum(), a.trainedTokens() + b.trainedTokens(), a.bytes() + b.bytes());
    }
}
