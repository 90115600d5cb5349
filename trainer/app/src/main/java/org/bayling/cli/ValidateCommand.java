package org.bayling.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bayling.config.ConfigException;
import org.bayling.config.ConfigLoader;
import org.bayling.config.JsonSchema;
import org.bayling.config.LoadedConfig;
import org.bayling.config.ResolvedSettings;
import org.bayling.observe.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: is a configuration right, and what does it come to? Trains nothing, writes nothing. */
@Command(
        name = "validate",
        description =
                "Check a configuration, tell all its problems at once, and show every value with where it is from.",
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train validate configs/lora.yaml learning_rate=1e-4",
            "  bayling-train validate --schema > bayling.schema.json"
        })
final class ValidateCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The YAML file.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "key=value",
            description = "Values that win over the file's; a dotted path for nested keys: datasets.0.weight=2.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--schema", description = "Print the JSON Schema of configuration files, for editors.")
    private boolean schema;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (schema) {
            ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            out.println(json.writeValueAsString(JsonSchema.of()));
            return ExitCodes.DONE;
        }
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: FILE (or --schema)");
        }
        LoadedConfig loaded = ConfigLoader.load(file, overrides);
        loaded.notices().forEach(out::println);
        TextTable table = TextTable.of("key", "value", "from");
        for (ResolvedSettings.Row row : loaded.resolved().rows()) {
            table.row(row.key(), row.value(), row.origin());
        }
        out.print(table);
        out.println(file + " is right.");
        return ExitCodes.DONE;
    }
}
