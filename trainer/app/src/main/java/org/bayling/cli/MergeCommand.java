package org.bayling.cli;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.data.DataException;
import org.bayling.tensor.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code merge}: an adapter built into its base. */
@Command(
        name = "merge",
        description = {
            "Build an adapter into its base model and write a Hugging Face model directory.",
            "Sums are taken in fp32 and rounded once; the result's logits are compared before it is published."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train merge --model checkpoints/my-run --output models/my-model",
            "  bayling-train merge --model ../models/llama-3-8b-instruct --adapter checkpoints/my-run/step-100 \\",
            "    --output models/my-model --dtype bf16"
        })
final class MergeCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Mixin
    private ModelWriting writing;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        writing.check();
        ModelOptions.Places places = model.resolve();
        if (places.adapter().isEmpty()) {
            throw new DataException(places.base() + ": is no adapter, so there is nothing to merge; give one with --adapter "
                    + "(bayling-train convert changes the dtype or shards of a model)");
        }
        try (OpenedModel opened = OpenedModel.open(places);
                Kernels kernels = Kernels.open(OptionalInt.empty())) {
            writing.write(kernels, opened, spec.commandLine().getOut());
        }
        return ExitCodes.DONE;
    }
}
