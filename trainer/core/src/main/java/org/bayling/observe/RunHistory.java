package org.bayling.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;

/**
 * What a report shows of a log. The steps' figures are kept one by one; the groups', of which there may be hundreds,
 * in at most {@link #SLICES} slices of the run.
 */
final class RunHistory {

    static final int SLICES = 60;

    /** Figures of one step; {@code tokensPerSecond} is that of the step alone. */
    record Point(
            long step, double loss, double gradNorm, double learningRate, double tokensPerSecond, boolean skipped) {}

    /** One group over the run: loss sums by slice. */
    static final class Group {
        private final double[] lossSums = new double[SLICES];
        private final long[] slicedTokens = new long[SLICES];
        private long bytes;

        private void add(int slice, GroupLoss loss) {
            if (loss.trainedTokens() > 0 && Double.isFinite(loss.lossSum())) {
                lossSums[slice] += loss.lossSum();
                slicedTokens[slice] += loss.trainedTokens();
                bytes += loss.bytes();
            }
        }

        /** Mean losses of the slices that hold the group, in order, as (slice, loss). */
        List<double[]> curve() {
            List<double[]> curve = new ArrayList<>();
            for (int slice = 0; slice < SLICES; slice++) {
                if (slicedTokens[slice] > 0) {
                    curve.add(new double[] {slice, lossSums[slice] / slicedTokens[slice]});
                }
            }
            return curve;
        }

        double firstLoss() {
            return curve().isEmpty() ? Double.NaN : curve().get(0)[1];
        }

        double lastLoss() {
            List<double[]> curve = curve();
            return curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1)[1];
        }

        long tokens() {
            long sum = 0;
            for (long tokens : slicedTokens) {
                sum += tokens;
            }
            return sum;
        }

        /** Of the last slice, with the bytes a token that the whole run has; NaN when bytes are unknown. */
        double lastBitsPerByte() {
            return bytes == 0 ? Double.NaN : lastLoss() / Math.log(2) * tokens() / bytes;
        }
    }

    final List<Point> points = new ArrayList<>();
    final List<Evaluated> evaluations = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final Map<String, Group> groups = new TreeMap<>();
    Optional<Started> started = Optional.empty();
    Optional<Finished> finished = Optional.empty();
    long totalTokens;
    long trainedTokens;
    double epoch;
    Duration trained = Duration.ZERO;

    private RunHistory() {}

    static RunHistory read(Path log) throws IOException {
        RunHistory history = new RunHistory();
        JsonlLog.replay(log, history::add);
        return history;
    }

    private void add(RunEvent event) {
        if (event instanceof Started s) {
            started = Optional.of(s);
            finished = Optional.empty();
        } else if (event instanceof Stepped s) {
            double seconds = Figures.seconds(s.duration());
            double speed = seconds == 0 ? Double.NaN : s.tokens() / seconds;
            points.add(new Point(s.step(), s.loss(), s.gradNorm(), s.learningRate(), speed, s.skipped()));
            totalTokens = s.totalTokens();
            trainedTokens += s.trainedTokens();
            epoch = s.epoch();
            trained = trained.plus(s.duration());
            s.groups().forEach((name, loss) ->
                    groups.computeIfAbsent(name, n -> new Group()).add(slice(s.step()), loss));
        } else if (event instanceof Evaluated e) {
            evaluations.add(e);
        } else if (event instanceof RunEvent.Warned w) {
            warnings.add(w.message());
        } else if (event instanceof Finished f) {
            finished = Optional.of(f);
        }
    }

    private int slice(long step) {
        return (int) Math.min(SLICES - 1, Math.max(0, (step - 1) * SLICES / totalSteps()));
    }

    /** The step in the middle of a slice. */
    double stepOf(double slice) {
        return 1 + (slice + 0.5) * totalSteps() / SLICES - 0.5;
    }

    long totalSteps() {
        return Math.max(1, started.map(Started::totalSteps).orElse(1L));
    }

    long lastStep() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).step();
    }

    long skippedSteps() {
        return points.stream().filter(Point::skipped).count();
    }
}
