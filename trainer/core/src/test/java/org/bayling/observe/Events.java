package org.bayling.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.RunEvent.Saved;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;

/** A small run's events for the tests of this package: what is computed depends on the step only. */
final class Events {

    private Events() {}

    static Started started(long firstStep, long totalSteps) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("learning_rate", "2.0e-4");
        settings.put("precision", "fp32");
        return new Started(Path.of("run"), firstStep, totalSteps, 2.0, settings);
    }

    static Stepped step(long step, Duration duration) {
        return step(step, 4.0 / step, duration, false);
    }

    static Stepped step(long step, double loss, Duration duration, boolean skipped) {
        Map<String, GroupLoss> groups = new LinkedHashMap<>();
        groups.put("language/de", new GroupLoss(loss * 30, 30, 90));
        groups.put("language/zh", new GroupLoss(loss * 20, 20, 0));
        return new Stepped(
                step, step / 10.0, loss, 0.5 * step, 2e-4, 100, 50, 100 * step, duration, groups, "d" + step, skipped);
    }

    static Evaluated evaluated(long step, double loss, boolean best) {
        return new Evaluated(step, step / 10.0, loss, 500, 20, Duration.ofMillis(2500), Map.of(), best);
    }

    static Saved saved(long step) {
        return new Saved(step, Path.of("run/step-" + step), 3 << 20, Duration.ofMillis(300));
    }

    static Finished done(long step) {
        return new Finished(step, Outcome.DONE, "Now chat with it.", Duration.ofSeconds(75));
    }
}
