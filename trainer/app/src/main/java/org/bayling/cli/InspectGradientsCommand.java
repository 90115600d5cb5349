package org.bayling.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.bayling.data.DataException;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.numeric.DType;
import org.bayling.tensor.Kernels;
import org.bayling.train.GradientInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code inspect gradients}: what any other framework can be held against. */
@Command(
        name = "gradients",
        description = {
            "Compute logits, loss and the gradient of the loss sum for given rows of tokens.",
            "The input file holds input_ids and labels, I64 [rows, tokens]; labels are aligned with input_ids, -100 is",
            "untrained, and the shift happens here. The output file holds logits [rows, tokens, vocabulary] and",
            "grad.<name> of every trained tensor by its Hugging Face name, or PEFT's with an adapter; all fp32."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  bayling-train inspect gradients --model ../models/llama-3-8b-instruct --rows 0 \\",
            "    --input case.safetensors --output ours.safetensors"
        })
final class InspectGradientsCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "A .safetensors file with the rows.")
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The .safetensors file to write.")
    private Path output;

    @Option(
            names = "--rows",
            paramLabel = "N,...",
            converter = Converters.Numbers.class,
            description = "Rows to compute, counted from 0; all when not given.")
    private int[] rows;

    @Option(
            names = "--documents",
            paramLabel = "N,...",
            converter = Converters.Numbers.class,
            description = "First token of each document that is packed in a row; one document when not given.")
    private int[] documents;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            converter = Converters.Precision.class,
            description = "Of weights and products: fp32, bf16 or fp16. Default: ${DEFAULT-VALUE}.")
    private DType precision;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (OpenedModel opened = OpenedModel.open(model.resolve());
                Kernels kernels = Kernels.open(OptionalInt.empty())) {
            List<GradientInspection.InputRow> read = read(opened.config().vocabSize());
            Trained trained = opened.adapter().isPresent() ? Trained.ADAPTER : Trained.ALL;
            try (LlamaModel loaded = opened.load(kernels, trained, new ModelPrecision(precision, precision));
                    GradientInspection inspection = new GradientInspection(kernels, loaded)) {
                GradientInspection.Result result = inspection.run(read);
                inspection.write(output, result, read.get(0).tokens().length);
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("loss_sum", result.lossSum());
                line.put("trained_tokens", result.trainedTokens());
                spec.commandLine().getOut().println(line);
            }
        }
        return ExitCodes.DONE;
    }

    private List<GradientInspection.InputRow> read(long vocabulary) throws IOException {
        List<GradientInspection.InputRow> read;
        try {
            read = GradientInspection.read(input, Optional.ofNullable(rows), Optional.ofNullable(documents), vocabulary);
        } catch (IllegalArgumentException problem) {
            throw new DataException(problem.getMessage(), problem);
        }
        if (read.isEmpty()) {
            throw new DataException(input + ": holds no row");
        }
        return read;
    }
}
