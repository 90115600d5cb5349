package org.bayling.observe;

import java.time.Duration;
import java.time.InstantSource;
import java.time.Instant;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a task that lasts longer than two seconds: as a bar on a terminal, and as one line with its time when it is
 * over. Close it, so that a task that failed midway does not leave its bar behind.
 */
public final class ConsoleTaskProgress implements TaskProgress, AutoCloseable {

    private static final Duration SHOWN_AFTER = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final InstantSource clock;
    private String name = "";
    private Instant start;
    private ProgressBar bar;

    public ConsoleTaskProgress(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public void on(String task, long done, long total, String unit) {
        if (!task.equals(name)) {
            close();
            name = task;
            start = clock.instant();
        }
        Duration elapsed = Duration.between(start, clock.instant());
        boolean shown = elapsed.compareTo(SHOWN_AFTER) > 0;
        if (done == total) {
            close();
            if (shown) {
                long speed = Math.round(done / Figures.seconds(elapsed));
                terminal.println(Terminal.printable(task) + ": " + Figures.count(done) + " " + unit + " in "
                        + Figures.span(elapsed) + ", " + Figures.count(speed) + " " + unit + "/s");
            }
        } else if (shown && terminal.live()) {
            bar = bar == null ? newBar(task, total, unit) : bar;
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    private ProgressBar newBar(String task, long total, String unit) {
        int width = Math.min(terminal.width() - 1, 100);
        return new ProgressBarBuilder()
                .setTaskName(Terminal.printable(task))
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .setConsumer(new DelegatingProgressBarConsumer(terminal::showLine, width))
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            terminal.clearLine();
        }
        name = "";
    }
}
