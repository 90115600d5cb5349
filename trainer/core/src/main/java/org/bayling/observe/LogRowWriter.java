package org.bayling.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunEvent.GroupLoss;
import org.bayling.observe.RunEvent.Saved;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;
import org.bayling.observe.RunEvent.Warned;

/** Events to rows of {@code log.jsonl}, with what a row needs to know of the rows before it. */
final class LogRowWriter {

    private final Supplier<Optional<ProcessMemory>> memory;
    private final Pace pace = new Pace();
    private long totalSteps;
    private long step;
    private Duration elapsed = Duration.ZERO;

    LogRowWriter(Supplier<Optional<ProcessMemory>> memory) {
        this.memory = memory;
    }

    /** Counts an event of an earlier part of the run, whose speed says nothing about this process. */
    void passOver(RunEvent event) {
        if (event instanceof Stepped stepped) {
            step = stepped.step();
            elapsed = elapsed.plus(stepped.duration());
        } else if (event instanceof Evaluated eval) {
            elapsed = elapsed.plus(eval.duration());
        } else if (event instanceof Saved saved) {
            elapsed = elapsed.plus(saved.duration());
        }
    }

    ObjectNode row(RunEvent event) {
        passOver(event);
        if (event instanceof Started started) {
            return start(started);
        } else if (event instanceof Stepped stepped) {
            return step(stepped);
        } else if (event instanceof Evaluated eval) {
            return eval(eval);
        } else if (event instanceof Saved saved) {
            ObjectNode row = begin("save", saved.step());
            Path name = saved.directory().getFileName();
            row.put("checkpoint", name == null ? "" : name.toString());
            row.put("bytes", saved.bytes());
            return time(row, saved.duration());
        } else if (event instanceof Warned warned) {
            return begin("warning", step).put("message", warned.message());
        } else if (event instanceof Finished finished) {
            ObjectNode row = begin("end", finished.step());
            row.put("outcome", ConsoleProgress.word(finished.outcome()));
            row.put("message", finished.message());
            return time(row, finished.duration());
        }
        throw new AssertionError("an event of a kind that is not in RunEvent: " + event);
    }

    private ObjectNode start(Started started) {
        totalSteps = started.totalSteps();
        step = started.firstStep() - 1;
        ObjectNode row = begin("start", step);
        row.put("total_steps", totalSteps);
        row.put("first_step", started.firstStep());
        number(row, "epochs", started.epochs());
        row.put("directory", started.directory().toString());
        ObjectNode settings = row.putObject("settings");
        started.settings().forEach(settings::put);
        return row;
    }

    private ObjectNode step(Stepped s) {
        pace.add(s.tokens(), s.duration());
        ObjectNode row = begin("step", s.step());
        row.put("total_steps", totalSteps);
        number(row, "loss", s.loss());
        number(row, "lr", s.learningRate());
        number(row, "epoch", s.epoch());
        number(row, "percentage", percentage(s.step()));
        row.put("total_tokens", s.totalTokens());
        row.put("tokens", s.tokens());
        row.put("trained_tokens", s.trainedTokens());
        number(row, "grad_norm", s.gradNorm());
        row.put("skipped", s.skipped());
        row.put("sample_digest", s.sampleDigest());
        groups(row, s.groups());
        clocks(row, s.step());
        number(row, "throughput", Math.rint(pace.tokensPerSecond() * 100) / 100);
        time(row, s.duration());
        memory.get().ifPresent(m -> row.put("rss_bytes", m.rssBytes()));
        return row;
    }

    private ObjectNode eval(Evaluated e) {
        ObjectNode row = begin("eval", e.step());
        row.put("total_steps", totalSteps);
        number(row, "eval_loss", e.loss());
        number(row, "epoch", e.epoch());
        number(row, "percentage", percentage(e.step()));
        row.put("trained_tokens", e.trainedTokens());
        row.put("samples", e.samples());
        row.put("best", e.best());
        groups(row, e.groups());
        clocks(row, e.step());
        return time(row, e.duration());
    }

    private static ObjectNode begin(String event, long step) {
        return JsonNodeFactory.instance.objectNode().put("event", event).put("current_steps", step);
    }

    private void clocks(ObjectNode row, long atStep) {
        row.put("elapsed_time", Figures.time(elapsed));
        row.put("remaining_time", Figures.time(pace.remaining(totalSteps - atStep)));
    }

    private static ObjectNode time(ObjectNode row, Duration duration) {
        return row.put("step_time", Figures.seconds(duration));
    }

    private double percentage(long atStep) {
        return totalSteps == 0 ? 0 : Math.rint(10_000.0 * atStep / totalSteps) / 100;
    }

    private static void groups(ObjectNode row, Map<String, GroupLoss> groups) {
        ObjectNode all = row.putObject("groups");
        groups.forEach((name, loss) -> {
            ObjectNode group = all.putObject(name);
            if (number(group, "loss", loss.loss())) {
                row.put("nonfinite", true);
            }
            group.put("tokens", loss.trainedTokens());
            if (loss.bytes() > 0) {
                group.put("bytes", loss.bytes());
                number(group, "bits_per_byte", loss.bitsPerByte());
            }
        });
    }

    /** Puts a number that JSON may not be able to hold; says whether it could not. */
    static boolean number(ObjectNode row, String key, double value) {
        if (Double.isFinite(value)) {
            row.put(key, value);
            return false;
        }
        row.put(key, Double.toString(value));
        row.put("nonfinite", true);
        return true;
    }
}
