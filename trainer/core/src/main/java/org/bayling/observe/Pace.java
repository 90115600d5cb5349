package org.bayling.observe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Speed over the newest steps of this process, because the first ones are slower and the length of steps varies. */
final class Pace {

    private static final int STEPS = 20;

    private record Step(long tokens, double seconds) {}

    private final Deque<Step> newest = new ArrayDeque<>();

    void add(long tokens, Duration duration) {
        newest.addLast(new Step(tokens, Figures.seconds(duration)));
        if (newest.size() > STEPS) {
            newest.removeFirst();
        }
    }

    /** Real tokens a second; 0 before the first step. */
    double tokensPerSecond() {
        double seconds = seconds();
        return seconds == 0 ? 0 : newest.stream().mapToLong(Step::tokens).sum() / seconds;
    }

    /** Time for {@code steps} more steps at this pace. */
    Duration remaining(long steps) {
        return newest.isEmpty() ? Duration.ZERO : Figures.ofSeconds(seconds() / newest.size() * Math.max(0, steps));
    }

    private double seconds() {
        return newest.stream().mapToDouble(Step::seconds).sum();
    }
}
