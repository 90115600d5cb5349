package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.tensor.Kernels;
import org.bayling.train.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convert}: a model in another form. */
@Command(
        name = "convert",
        description = {
            "Write a model as a Hugging Face directory: from GGUF, in another dtype, or in other shards.",
            "The result's logits are compared with the source's before it is published."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train convert --model smollm2-135m-instruct.Q4_1.gguf --output models/smollm2 --dtype bf16",
            "  bayling-train convert --model checkpoints/my-run --output models/my-model --max-shard-size 2GB"
        })
final class ConvertCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description = "A model directory, a .gguf file, or the folder of a run that trained in full.")
    private Path model;

    @Mixin
    private ModelWriting writing;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        writing.check();
        ModelOptions.Places places = new ModelOptions.Places(RunDirectory.result(model), Optional.empty());
        try (OpenedModel opened = OpenedModel.open(places);
                Kernels kernels = Kernels.open(OptionalInt.empty())) {
            writing.write(kernels, opened, spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
