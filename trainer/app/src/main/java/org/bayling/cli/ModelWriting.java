package org.bayling.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.data.DataException;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.DiskSpace;
import org.bayling.model.AdapterMerge;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelExport;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.model.SideFiles;
import org.bayling.numeric.DType;
import org.bayling.observe.Figures;
import org.bayling.tensor.Kernels;
import org.bayling.train.LogitsDifference;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code merge} and {@code convert} have in common: a model written as a Hugging Face directory, then compared. */
final class ModelWriting {
    @Mixin
    private OutputDirectory output;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            converter = Converters.Precision.class,
            description = "Of all weights: fp32, bf16 or fp16. Default: as they are, and fp32 for quantised ones.")
    private Optional<DType> dtype = Optional.empty();

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            converter = Converters.Bytes.class,
            description = "Largest weight file, such as 5GB or 500MiB. Default: 5GB.")
    private long maxShardSize = HfModelWriter.DEFAULT_MAX_SHARD_BYTES;

    /** Refuses before any work is done. */
    void check() throws IOException {
        output.check();
    }

    /** Writes, compares the logits of what was written with those of what it came from, and only then publishes. */
    void write(Kernels kernels, OpenedModel opened, PrintWriter out) throws IOException {
        Optional<AdapterMerge> merge = opened.adapter().isPresent()
                ? Optional.of(new AdapterMerge(
                        kernels, opened.config(), opened.files().tensors(), opened.adapter().get()))
                : Optional.empty();
        SideFiles sideFiles = SideFiles.of(opened.files());
        if (opened.adapter().isPresent()) { // it was trained with its own tokenizer and template, where it has them
            sideFiles = SideFiles.ofDirectory(opened.adapter().get().path()).over(sideFiles);
        }
        ModelExport export = new ModelExport(opened.files(), sideFiles, merge, dtype, maxShardSize);
        DiskSpace.require(output.path(), export.bytes(), "the model");
        output.publish(directory -> {
            export.writeInto(directory);
            directory.digests(); // all bytes are in the files from here on
            out.println("logits against the source: " + compare(kernels, opened, directory));
        });
        out.println("wrote " + output.path() + " (" + Figures.bytes(export.bytes()) + " of weights)");
    }

    private LogitsDifference compare(Kernels kernels, OpenedModel source, AtomicDirectory written) throws IOException {
        Path place = written.temporary();
        try (OpenedModel result = OpenedModel.open(new ModelOptions.Places(place, Optional.empty()));
                LlamaModel expected = source.load(kernels, Trained.NOTHING, ModelPrecision.FP32);
                LlamaModel actual = result.load(kernels, Trained.NOTHING, ModelPrecision.FP32)) {
            LogitsDifference difference = LogitsDifference.between(kernels, expected, actual);
            if (!difference.withinRoundingOf(dtype.orElse(coarsest(result)))) {
                throw new DataException("the logits of the written model are too far from those of its source (" + difference
                        + "); nothing was published. " + (dtype.equals(Optional.of(DType.F16))
                                ? "Some weights may be beyond what fp16 holds; use bf16" : "Use --dtype fp32"));
            }
            return difference;
        }
    }

    /** The dtype that explains the largest rounding. */
    private static DType coarsest(OpenedModel model) {
        DType coarsest = DType.F32;
        for (String name : model.files().tensors().names()) {
            DType stored = model.files().tensors().entry(name).dtype();
            if (stored == DType.BF16 || stored == DType.F16 && coarsest == DType.F32) {
                coarsest = stored;
            }
        }
        return coarsest;
    }
}
