package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.config.LoadedConfig;
import org.bayling.data.Batch;
import org.bayling.data.BatchStream;
import org.bayling.observe.Figures;
import org.bayling.observe.TextTable;
import org.bayling.observe.Terminal;
import org.bayling.train.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plan}: what a run would take, before it is begun. */
@Command(
        name = "plan",
        description = {
            "Show what a configuration comes to: parameters, memory by part, steps, tokens per language, time.",
            "Data are read and the model is loaded; two steps are computed to measure the time, and nothing is saved but",
            "the token cache that train then finds."
        },
        footerHeading = "%nExample:%n",
        footer = {"  bayling-train plan configs/lora.yaml", "  bayling-train plan configs/lora.yaml cutoff_len=4096"})
final class PlanCommand implements Callable<Integer> {
    /** The first step also warms up; the second counts. */
    private static final int MEASURED_STEPS = 2;

    private final Terminal terminal;

    @Mixin
    private RunArguments arguments;

    @Option(names = "--no-measuring", description = "Compute no step, so that no time can be told.")
    private boolean noMeasuring;

    @Spec
    private CommandSpec spec;

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        LoadedConfig loaded = arguments.load(List.of());
        loaded.notices().forEach(terminal::println);
        PrintWriter out = spec.commandLine().getOut();
        try (TrainingRun run = RunExecution.here(terminal).open(loaded)) {
            out.println(DataTables.report(run.data().report()));
            DataTables.badRows(run.data().report()).forEach(out::println);
            out.println(run.data().plan().table());
            out.println();
            out.println(model(run));
            out.println(memory(run));
            out.flush();
            if (!noMeasuring && run.firstStep() < run.totalSteps()) {
                out.print(time(run));
            }
        }
        return ExitCodes.DONE;
    }

    private static TextTable model(TrainingRun run) {
        long all = run.model().parameters().elements();
        long trained = run.model().parameters().trainedElements();
        return TextTable.ofPairs()
                .row("parameters", Figures.count(all))
                .row("trained", Figures.count(trained) + String.format(Locale.ROOT, " (%.2f%%)", 100.0 * trained / all))
                .row("products", run.productReason())
                .row("steps", Figures.count(run.totalSteps())
                        + (run.firstStep() > 0 ? ", of which done " + Figures.count(run.firstStep()) : ""));
    }

    private static TextTable memory(TrainingRun run) {
        int layers = run.model().config().numHiddenLayers();
        TextTable table = TextTable.of("memory", ">size");
        run.memory().parts(layers).forEach((part, bytes) -> table.row(part, Figures.bytes(bytes)));
        table.row("free on this machine", Figures.bytes(run.memory().available()));
        table.row("recomputed layers", run.memory().recomputed() + " of " + layers);
        return table;
    }

    /** The weights change by learning rate 0 at most, and they are thrown away. */
    private static TextTable time(TrainingRun run) throws IOException {
        try (BatchStream batches = run.data().train()) {
            double seconds = 0;
            long tokens = 0;
            for (int i = 0; i < MEASURED_STEPS; i++) {
                List<Batch> step = batches.step(Math.min(run.firstStep() + i, run.totalSteps() - 1));
                long started = System.nanoTime();
                tokens = run.step().run(step, 0, batches.groups().size(), false).tokens();
                seconds = (System.nanoTime() - started) / 1e9;
            }
            double perSecond = tokens / seconds;
            double perEpoch = run.data().plan().tokens() / perSecond;
            double part = (double) (run.totalSteps() - run.firstStep()) / Math.max(1, run.totalSteps());
            long all = (long) (perEpoch * run.data().plan().epochs() * part);
            return TextTable.ofPairs()
                    .row("measured step", String.format(Locale.ROOT, "%.2f s, %.0f tokens/s", seconds, perSecond))
                    .row("expected time", Figures.time(Duration.ofSeconds(all)) + " without evaluation and checkpoints");
        }
    }
}
