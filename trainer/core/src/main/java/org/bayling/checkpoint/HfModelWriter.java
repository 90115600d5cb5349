package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.io.AtomicDirectory;
import org.bayling.io.DiskSpace;
import org.bayling.io.DurableFile;
import org.bayling.io.FaultPoint;
import org.bayling.numeric.DType;

/**
 * Writes a Hugging Face model directory.
 *
 * @param config written key by key as given, except that {@code torch_dtype} becomes the dtype shared by the matrices
 *     (and {@code dtype}, its name in transformers 5, is dropped)
 * @param generationConfig {@code generation_config.json}, where there is one
 * @param companions contents of the files beside, by their name in the directory
 * @param tensors what is written, in the order in which shards are filled
 * @param source gives the bytes
 * @param maxShardBytes a shard is closed before it would exceed this; a larger tensor gets a shard of its own
 */
public record HfModelWriter(
        ObjectNode config,
        Optional<ObjectNode> generationConfig,
        SortedMap<String, byte[]> companions,
        List<TensorStore.Entry> tensors,
        TensorSource source,
        long maxShardBytes) {
    /** transformers' own default. */
    public static final long DEFAULT_MAX_SHARD_BYTES = 5_000_000_000L;

    public HfModelWriter {
        tensors = List.copyOf(tensors);
        if (maxShardBytes < 1) {
            throw new IllegalArgumentException("the largest size of a shard must be >= 1 byte, got " + maxShardBytes);
        }
    }

    /** Writes a whole directory that appears complete or not at all; refuses a name that is taken. */
    public void publish(Path target, FaultPoint faults) throws IOException {
        DiskSpace.require(target, totalBytes(), "the model");
        try (AtomicDirectory directory = AtomicDirectory.create(target, faults)) {
            writeInto(directory);
            directory.publish();
        }
    }

    /** Writes all files into a directory that someone else publishes. */
    public void writeInto(AtomicDirectory directory) throws IOException {
        directory.write(HfModelDir.CONFIG, JsonFiles.toText(configWithDType()));
        if (generationConfig.isPresent()) {
            directory.write(HfModelDir.GENERATION_CONFIG, JsonFiles.toText(generationConfig.get()));
        }
        for (Map.Entry<String, byte[]> companion : companions.entrySet()) {
            directory.write(companion.getKey(), companion.getValue());
        }
        List<List<TensorStore.Entry>> shards = shards();
        if (shards.size() == 1) {
            writeShard(directory, HfModelDir.WEIGHTS, shards.get(0));
            return;
        }
        SortedMap<String, String> weightMap = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            writeShard(directory, name, shards.get(i));
            shards.get(i).forEach(tensor -> weightMap.put(tensor.name(), name));
        }
        directory.write(HfModelDir.INDEX, JsonFiles.toText(index(weightMap)));
    }

    private void writeShard(AtomicDirectory directory, String name, List<TensorStore.Entry> shard) throws IOException {
        try (DurableFile file = directory.file(name)) {
            SafetensorsWriter.start(file, shard, SafetensorsWriter.PT).writeAll(source);
            file.seal();
        }
    }

    private List<List<TensorStore.Entry>> shards() {
        List<List<TensorStore.Entry>> shards = new ArrayList<>();
        shards.add(new ArrayList<>());
        long bytes = 0;
        for (TensorStore.Entry tensor : tensors) {
            if (bytes > 0 && bytes + tensor.bytes() > maxShardBytes) {
                shards.add(new ArrayList<>());
                bytes = 0;
            }
            shards.get(shards.size() - 1).add(tensor);
            bytes += tensor.bytes();
        }
        return shards;
    }

    private ObjectNode index(SortedMap<String, String> weightMap) {
        ObjectNode index = JsonFiles.newObject();
        ObjectNode metadata = index.putObject("metadata");
        metadata.put("total_parameters", tensors.stream().mapToLong(t -> t.shape().elements()).sum());
        metadata.put("total_size", totalBytes());
        ObjectNode map = index.putObject("weight_map");
        weightMap.forEach(map::put);
        return index;
    }

    private long totalBytes() {
        return tensors.stream().mapToLong(TensorStore.Entry::bytes).sum();
    }

    private ObjectNode configWithDType() {
        List<DType> dtypes = tensors.stream()
                .filter(tensor -> tensor.shape().rank() == 2)
                .map(TensorStore.Entry::dtype)
                .distinct()
                .toList();
        ObjectNode copy = config.deepCopy();
        if (dtypes.size() == 1) {
            copy.remove("dtype");
            copy.put("torch_dtype", dtypes.get(0).huggingFaceName());
        }
        return copy;
    }
}
