package org.bayling.train;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.checkpoint.HfModelWriter;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.PeftAdapterDir;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.SafetensorsWriter;
import org.bayling.checkpoint.TensorSource;
import org.bayling.checkpoint.TensorStore;
import org.bayling.distributed.ProcessGroup;
import org.bayling.distributed.ShardLayout;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.DiskSpace;
import org.bayling.io.DurableFile;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileDigest;
import org.bayling.model.HfNames;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelSource;
import org.bayling.model.Parameter;
import org.bayling.numeric.DType;
import org.bayling.numeric.TensorShape;
import org.bayling.optim.AdamW;
import org.bayling.tensor.HostTransfer;
import org.bayling.tensor.Kernels;

/**
 * Writes and reads {@code step-<n>/}: a model or adapter directory that Hugging Face and PEFT load, and beside it what a
 * run needs to go on bit for bit. The package description specifies the files.
 */
final class TrainCheckpoint {
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String STATE = "training_state.json";

    private final HostTransfer transfer;
    private final ModelSource source;
    private final LlamaModel model;
    private final AdamW optimizer;
    private final ProcessGroup group;
    private final FaultPoint faults;

    TrainCheckpoint(
            Kernels kernels,
            ModelSource source,
            LlamaModel model,
            AdamW optimizer,
            ProcessGroup group,
            FaultPoint faults) {
        this.transfer = new HostTransfer(kernels);
        this.source = source;
        this.model = model;
        this.optimizer = optimizer;
        this.group = group;
        this.faults = faults;
    }

    /**
     * Publishes a checkpoint; it is there whole or not at all.
     *
     * @param withOptimizer false with {@code save_only_model}
     * @return bytes written
     */
    long save(Path target, TrainState state, String resolvedConfig, boolean withOptimizer) throws IOException {
        Map<String, NDArray> optimizerTensors = withOptimizer ? optimizerTensors() : Map.of();
        requireRoom(target, withOptimizer);
        try (AtomicDirectory directory = AtomicDirectory.create(target, faults)) {
            writeWeights(directory);
            if (withOptimizer) {
                writeOptimizer(directory, optimizerTensors);
            }
            directory.write(STATE, JsonFiles.toText(state.toJson()));
            directory.write(RunDirectory.CONFIG, resolvedConfig);
            long bytes = directory.digests().values().stream().mapToLong(FileDigest::bytes).sum();
            directory.publish(RunDirectory.MANIFEST, digests -> manifest(state, digests));
            return bytes;
        }
    }

    /**
     * Is there room on the disk?
     *
     * @param place where the checkpoint is to be, or a folder above it
     * @throws IOException saying how much is needed and how much is free
     */
    void requireRoom(Path place, boolean withOptimizer) throws IOException {
        DiskSpace.require(place, expectedBytes(withOptimizer), "a checkpoint");
    }

    private void writeWeights(AtomicDirectory directory) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        List<TensorStore.Entry> entries = new ArrayList<>();
        boolean adapter = model.adapter().isPresent();
        for (Parameter parameter : model.parameters().trained()) {
            // An adapter's file is fp32; a model's has the dtype that the run stores, its fp32 master lies beside.
            NDArray tensor = adapter ? parameter.trainedTensor() : parameter.tensor();
            DType dtype = adapter ? DType.F32 : parameter.dtype();
            for (String key : keys(parameter, adapter)) {
                entries.add(TensorStore.Entry.of(key, dtype, parameter.shape()));
                tensors.put(key, tensor);
            }
        }
        TensorSource bytes = (entry, sink) ->
                transfer.forEachSlice(tensors.get(entry.name()), entry.shape(), entry.dtype(), sink::write);
        if (adapter) {
            PeftAdapterDir.writeInto(directory, model.adapter().get(), entries, bytes);
            for (Map.Entry<String, byte[]> file : source.sideFiles().files().entrySet()) {
                directory.write(file.getKey(), file.getValue());
            }
        } else {
            new HfModelWriter(
                            model.config().json(),
                            source.sideFiles().generationConfig(),
                            source.sideFiles().files(),
                            entries,
                            bytes,
                            HfModelWriter.DEFAULT_MAX_SHARD_BYTES)
                    .writeInto(directory);
        }
    }

    /** PEFT keeps the two uses of tied weights under two keys. */
    private List<String> keys(Parameter parameter, boolean adapter) {
        boolean bothUses = adapter && parameter == model.embedding() && parameter == model.head();
        return bothUses
                ? List.of(parameter.fileKey(), "base_model.model." + HfNames.LM_HEAD + ".weight")
                : List.of(parameter.fileKey());
    }

    /** Flat fp32 tensors by {@code <part>/<parameter>/<first>-<end>}. */
    private Map<String, NDArray> optimizerTensors() {
        ShardLayout layout = new ShardLayout(group.size());
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters().trained()) {
            long elements = parameter.shape().elements();
            ShardLayout.ElementRange range = layout.range(group.rank(), elements);
            String place = "/" + parameter.name() + "/" + range.first() + "-" + (range.first() + range.length());
            tensors.put("exp_avg" + place, optimizer.expAvg().get(parameter.name()));
            tensors.put("exp_avg_sq" + place, optimizer.expAvgSq().get(parameter.name()));
            if (parameter.master().isPresent() && model.adapter().isEmpty()) {
                tensors.put("master" + place, parameter.master().get());
            }
        }
        return tensors;
    }

    private void writeOptimizer(AtomicDirectory directory, Map<String, NDArray> tensors) throws IOException {
        List<TensorStore.Entry> entries = new ArrayList<>();
        tensors.forEach((name, tensor) ->
                entries.add(TensorStore.Entry.of(name, DType.F32, TensorShape.of(tensor.size()))));
        try (DurableFile file = directory.file(OPTIMIZER)) {
            SafetensorsWriter.start(file, entries, SafetensorsWriter.PT)
                    .writeAll((entry, sink) ->
                            transfer.forEachSlice(tensors.get(entry.name()), entry.shape(), DType.F32, sink::write));
            file.seal();
        }
    }

    private long expectedBytes(boolean withOptimizer) {
        long bytes = 1L << 20; // configurations, headers, manifest
        for (byte[] file : source.tokenizer().files().values()) {
            bytes += file.length;
        }
        for (Parameter parameter : model.parameters().trained()) {
            bytes += parameter.shape().elements() * (withOptimizer ? 16 : 4);
        }
        return bytes;
    }

    private static String manifest(TrainState state, Map<String, FileDigest> digests) {
        ObjectNode json = JsonFiles.newObject();
        json.put("format_version", RunDirectory.MANIFEST_VERSION);
        json.put("step", state.step());
        ObjectNode files = json.putObject("files");
        digests.forEach((name, digest) -> {
            ObjectNode file = files.putObject(name);
            file.put("bytes", digest.bytes());
            file.put("crc32c", digest.crc32c());
            file.put("sha256", digest.sha256());
        });
        return json.toPrettyString() + "\n";
    }

    /** Reads where a checkpoint stands. */
    static TrainState readState(Path checkpoint) throws IOException {
        return TrainState.fromJson(JsonFiles.readObject(checkpoint.resolve(STATE)));
    }

    /**
     * Puts a checkpoint's optimizer state in place; the weights were loaded from it already.
     *
     * @throws IOException when the checkpoint was written with {@code save_only_model}, or by other parameters
     */
    void restore(Path checkpoint, TrainState state) throws IOException {
        Path file = checkpoint.resolve(OPTIMIZER);
        if (!Files.isRegularFile(file)) {
            throw new IOException(checkpoint + ": holds no " + OPTIMIZER + " (save_only_model was on), so the run can't "
                    + "be resumed; start a new one with model_name_or_path or adapter_name_or_path set to it");
        }
        try (SafetensorsFile store = SafetensorsFile.open(file)) {
            for (Map.Entry<String, NDArray> tensor : optimizerTensors().entrySet()) {
                TensorStore.Entry entry = store.entry(tensor.getKey());
                transfer.readInto(tensor.getValue(), store, entry);
            }
        }
        optimizer.resumeAt(state.optimizerSteps());
    }
}
