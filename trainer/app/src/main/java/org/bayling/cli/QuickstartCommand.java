package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.config.ConfigException;
import org.bayling.config.ConfigLoader;
import org.bayling.config.LoadedConfig;
import org.bayling.corpus.Instruction;
import org.bayling.corpus.Language;
import org.bayling.corpus.NanoRecipe;
import org.bayling.observe.RunEvent.Outcome;
import org.bayling.observe.Terminal;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quickstart}: the whole way, from data to an examined model, with what the program brings along. */
@Command(
        name = "quickstart",
        description = {
            "See a nano model learn: tune the shipped base on instructions in 42 languages, asked before and after.",
            "The instructions are made out of CLDR, the questions are about items that none of them names. Needs no",
            "network and no model of anybody else's."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train quickstart",
            "  bayling-train quickstart learning_rate=5e-4 num_train_epochs=3",
            "  bayling-train quickstart --questions 84 max_steps=100      # a quick look, in half a minute"
        })
final class QuickstartCommand implements Callable<Integer> {
    private static final Path CONFIG = Path.of("configs", "quickstart.yaml");
    private static final Path BASE = Path.of("configs", "nano-base");
    private static final Path CHECKPOINTS = Path.of("checkpoints");
    private static final int EXAMPLES = 6;

    private final Terminal terminal;

    @Parameters(paramLabel = "key=value", description = "Values that win over those of configs/quickstart.yaml.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--questions",
            paramLabel = "N",
            description = "Ask only the first N held-out questions, languages in turn. Default: all ${DEFAULT-VALUE}.")
    private int asked = NanoRecipe.HELD_OUT;

    @Spec
    private CommandSpec spec;

    QuickstartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        long started = System.nanoTime();
        if (asked < 1 || asked > NanoRecipe.HELD_OUT) {
            throw new ParameterException(
                    spec.commandLine(), "--questions: " + asked + " is not from 1 to " + NanoRecipe.HELD_OUT);
        }
        NanoRecipe recipe = new NanoRecipe();
        List<Instruction> questions = recipe.heldOut().subList(0, asked);
        Path data = home().resolve(CHECKPOINTS).resolve("quickstart-data");
        terminal.println("1/4 building instructions in " + recipe.languages().size() + " languages from CLDR: "
                + NanoRecipe.TUNING + " to tune on, " + questions.size() + " about held-out items");
        recipe.writeInstructions(data);
        LoadedConfig loaded = ConfigLoader.load(home().resolve(CONFIG), settings(data));

        Path base = loaded.config().model().modelNameOrPath();
        terminal.println("2/4 asking the base");
        Examination before =
                Examination.of(new ModelOptions.Places(base, Optional.empty()), questions, "asking the base", terminal);

        terminal.println("3/4 tuning");
        Outcome outcome = RunExecution.here(terminal).train(loaded);
        if (outcome != Outcome.DONE) {
            return RunExecution.exitCode(outcome);
        }
        Path run = loaded.config().outputDir();
        terminal.println("4/4 asking the tuned model");
        Examination after = Examination.of(tuned(base, run), questions, "asking the tuned model", terminal);

        QuickstartResult result = new QuickstartResult(asked(recipe.languages(), questions), before, after);
        RunOutputs.report(run)
                .with(result.section())
                .write(run.resolve(RunDirectory.LOG), run.resolve(RunDirectory.REPORT));
        print(result, run, (System.nanoTime() - started) / 1e9);
        return ExitCodes.DONE;
    }

    private static List<Language> asked(List<Language> languages, List<Instruction> questions) {
        return languages.stream()
                .filter(language -> questions.stream()
                        .anyMatch(question -> question.direction().language().equals(language)))
                .toList();
    }

    /** Where the program lies, seen from here. */
    private static Path home() {
        Path home = Path.of(System.getProperty("bayling.home", "")).toAbsolutePath().normalize();
        return Path.of("").toAbsolutePath().normalize().relativize(home);
    }

    private List<String> settings(Path data) throws IOException {
        List<String> settings = new ArrayList<>();
        settings.add("model_name_or_path=" + home().resolve(BASE));
        settings.add("datasets.0.path=" + data.resolve("tuning.jsonl"));
        settings.add("output_dir=" + freeFolder());
        settings.addAll(overrides);
        return settings;
    }

    /** Each quickstart is a run of its own: quickstart, quickstart-2, ... */
    private static Path freeFolder() {
        Path checkpoints = home().resolve(CHECKPOINTS);
        Path folder = checkpoints.resolve("quickstart");
        for (int number = 2; Files.exists(folder); number++) {
            folder = checkpoints.resolve("quickstart-" + number);
        }
        return folder;
    }

    private static ModelOptions.Places tuned(Path base, Path run) throws IOException {
        Path result = RunDirectory.result(run);
        return Files.exists(result.resolve(PeftAdapterDir.CONFIG))
                ? new ModelOptions.Places(base, Optional.of(result))
                : new ModelOptions.Places(result, Optional.empty());
    }

    private void print(QuickstartResult result, Path run, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        result.examples(EXAMPLES).forEach(out::println);
        out.println();
        result.table().lines().forEach(out::println);
        out.println();
        out.println(result.summary());
        out.println(String.format(Locale.ROOT, "%.0f s in all. Report: %s", seconds, run.resolve(RunDirectory.REPORT)));
        out.println();
        out.println("Next:");
        out.println("  ./bayling-train chat --model " + run);
        out.println("  ./bayling-train generate --model " + run + " --prompt '用法语写出月份“七月”。'");
        out.println("  ./bayling-train train configs/smollm2-lora.yaml      # the same with a real model");
    }
}
