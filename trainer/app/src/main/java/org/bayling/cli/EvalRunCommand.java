package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.evaluation.suite.EvaluationSuite;
import org.bayling.evaluation.suite.SuiteReader;
import org.bayling.observe.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eval run}: a suite of tasks out of a YAML file. */
@Command(
        name = "run",
        description = {
            "Evaluate a model on all tasks of a suite, a YAML file; see configs/evaluation/.",
            "What is known is kept as it is computed: the same command again goes on where it was stopped."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train eval run configs/evaluation/quick.yaml --model checkpoints/quickstart",
            "  bayling-train eval run configs/evaluation/xcopa.yaml --model m.gguf data_dir=../data limit=20"
        })
final class EvalRunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "The suite, a YAML file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Values that win over the file's; a dotted path for nested keys: tasks.0.num_fewshot=5.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private EvaluationOptions options;

    @Spec
    private CommandSpec spec;

    EvalRunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        EvaluationSuite suite = SuiteReader.read(file, overrides, new TestSetLanguages(), Version.program());
        options.run(suite, terminal, spec.commandLine().getOut());
        return ExitCodes.DONE;
    }
}
