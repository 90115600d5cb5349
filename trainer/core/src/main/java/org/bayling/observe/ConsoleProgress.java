package org.bayling.observe;

import static org.bayling.observe.Terminal.Colour.BOLD;
import static org.bayling.observe.Terminal.Colour.CYAN;
import static org.bayling.observe.Terminal.Colour.FAINT;
import static org.bayling.observe.Terminal.Colour.GREEN;
import static org.bayling.observe.Terminal.Colour.RED;
import static org.bayling.observe.Terminal.Colour.YELLOW;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bayling.observe.RunEvent.Evaluated;
import org.bayling.observe.RunEvent.Finished;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.RunEvent.Saved;
import org.bayling.observe.RunEvent.Started;
import org.bayling.observe.RunEvent.Stepped;
import org.bayling.observe.RunEvent.Warned;

/** A run for the person who watches it: one live line on a terminal, else one plain line for each logged step. */
public final class ConsoleProgress implements RunObserver {

    private static final int BAR = 24;

    private final Terminal terminal;
    private final StepWindow window;
    private final Supplier<Optional<ProcessMemory>> memory;
    private final Pace pace = new Pace();
    private final Smoothing smoothing = new Smoothing(0.9);
    private long totalSteps;

    /** @param loggingSteps steps between two plain lines */
    public ConsoleProgress(Terminal terminal, int loggingSteps) {
        this(terminal, loggingSteps, ProcessMemory::now);
    }

    ConsoleProgress(Terminal terminal, int loggingSteps, Supplier<Optional<ProcessMemory>> memory) {
        this.terminal = terminal;
        this.window = new StepWindow(loggingSteps);
        this.memory = memory;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof Started started) {
            started(started);
        } else if (event instanceof Stepped step) {
            stepped(step);
        } else if (event instanceof Evaluated eval) {
            evaluated(eval);
        } else if (event instanceof Saved saved) {
            terminal.println(terminal.paint(
                    FAINT,
                    "saved " + Terminal.printable(saved.directory().toString()) + " (" + Figures.bytes(saved.bytes())
                            + ", " + Figures.span(saved.duration()) + ")"));
        } else if (event instanceof Warned warned) {
            terminal.println(terminal.paint(YELLOW, "warning: " + Terminal.printableLines(warned.message())));
        } else if (event instanceof Finished finished) {
            finished(finished);
        }
    }

    @Override
    public void close() {
        terminal.clearLine();
    }

    private void started(Started started) {
        totalSteps = started.totalSteps();
        TextTable settings = TextTable.ofPairs();
        started.settings().forEach(settings::row);
        settings.lines().forEach(terminal::println);
        String steps = started.firstStep() == 1
                ? "training: " + Figures.count(totalSteps) + " steps"
                : "training goes on at step " + Figures.count(started.firstStep()) + " of " + Figures.count(totalSteps);
        terminal.println(terminal.paint(BOLD, steps + " in " + Terminal.printable(started.directory().toString())));
    }

    private void stepped(Stepped step) {
        pace.add(step.tokens(), step.duration());
        double smoothed = smoothing.next(step.loss());
        Optional<Stepped> logged = window.add(step, totalSteps);
        if (terminal.live()) {
            terminal.showLine(liveLine(step, smoothed));
        } else {
            logged.ifPresent(merged -> terminal.println(plainLine(merged, smoothed)));
        }
    }

    /** What matters most comes first: a narrow terminal clips the end. */
    private String liveLine(Stepped step, double smoothed) {
        return bar(step.step()) + " " + Figures.count(step.step()) + "/" + Figures.count(totalSteps)
                + "  loss " + terminal.paint(BOLD, Figures.loss(step.loss()))
                + " (" + Figures.loss(smoothed) + " smoothed)"
                + "  ETA " + Figures.time(pace.remaining(totalSteps - step.step()))
                + terminal.paint(
                        FAINT,
                        String.format(
                                Locale.ROOT,
                                "  lr %s  grad norm %s  %,.0f tokens/s",
                                Figures.scientific(step.learningRate()),
                                norm(step.gradNorm()),
                                pace.tokensPerSecond())
                                + rss("  "))
                + (step.skipped() ? terminal.paint(YELLOW, "  skipped") : "");
    }

    private String plainLine(Stepped step, double smoothed) {
        int digits = Figures.count(totalSteps).length();
        return String.format(
                Locale.ROOT,
                "step %" + digits + "s/%s %5.1f%%  loss %8s  smoothed %8s  lr %s  grad_norm %9s  tokens/s %,9.0f"
                        + "  ETA %s%s%s",
                Figures.count(step.step()),
                Figures.count(totalSteps),
                percentage(step.step()),
                Figures.loss(step.loss()),
                Figures.loss(smoothed),
                Figures.scientific(step.learningRate()),
                norm(step.gradNorm()),
                pace.tokensPerSecond(),
                Figures.time(pace.remaining(totalSteps - step.step())),
                rss("  "),
                step.skipped() ? "  skipped" : "");
    }

    private void evaluated(Evaluated eval) {
        terminal.println("eval at step " + Figures.count(eval.step()) + ": loss "
                + terminal.paint(BOLD, Figures.loss(eval.loss()))
                + String.format(Locale.ROOT, ", perplexity %.2f, ", Math.exp(eval.loss()))
                + Figures.count(eval.samples()) + " samples in " + Figures.span(eval.duration())
                + (eval.best() ? terminal.paint(GREEN, ", best so far") : ""));
    }

    private void finished(Finished finished) {
        Terminal.Colour colour =
                switch (finished.outcome()) {
                    case DONE -> GREEN;
                    case STOPPED -> YELLOW;
                    case DIVERGED, FAILED -> RED;
                };
        String peak = memory.get()
                .map(m -> ", peak memory " + Figures.bytes(m.peakRssBytes()))
                .orElse("");
        terminal.println(terminal.paint(colour, word(finished.outcome())) + " after step "
                + Figures.count(finished.step()) + " in " + Figures.time(finished.duration()) + peak);
        if (!finished.message().isBlank()) {
            terminal.println(Terminal.printableLines(finished.message()));
        }
    }

    private String bar(long step) {
        int full = (int) Math.round(BAR * percentage(step) / 100);
        return terminal.paint(CYAN, "━".repeat(full)) + terminal.paint(FAINT, "─".repeat(BAR - full))
                + String.format(Locale.ROOT, " %3.0f%%", Math.floor(percentage(step)));
    }

    private double percentage(long step) {
        return totalSteps == 0 ? 0 : Math.min(100, 100.0 * step / totalSteps);
    }

    private String rss(String gap) {
        return memory.get().map(m -> gap + "memory " + Figures.bytes(m.rssBytes())).orElse("");
    }

    private static String norm(double norm) {
        return Double.isFinite(norm) ? String.format(Locale.ROOT, "%.3f", norm) : Double.toString(norm);
    }

    static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
