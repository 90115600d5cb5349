package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bayling.io.CorruptFileException;

/**
 * The safetensors files that a {@code *.safetensors.index.json} names, as one store. The index and the files must agree
 * both ways: every tensor of the index lies in its file, and every tensor of a file stands in the index, once.
 */
public final class ShardedSafetensors implements TensorStore {
    private static final int MAX_SHARDS = 10_000;

    private final Path index;
    private final Map<String, SafetensorsFile> shards;
    private final Map<String, SafetensorsFile> shardOf;

    private ShardedSafetensors(Path index, Map<String, SafetensorsFile> shards, Map<String, SafetensorsFile> shardOf) {
        this.index = index;
        this.shards = shards;
        this.shardOf = shardOf;
    }

    /**
     * Opens the index and all files it names, which must lie beside it.
     *
     * @throws CorruptFileException when the index is malformed, names a file outside its directory, or disagrees with
     *     the files
     */
    public static ShardedSafetensors open(Path index) throws IOException {
        Map<String, String> weightMap = weightMap(index);
        ShardedSafetensors store = new ShardedSafetensors(index, new TreeMap<>(), new LinkedHashMap<>());
        try {
            store.openShards(weightMap);
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Map<String, String> weightMap(Path index) throws IOException {
        ObjectNode root = JsonFiles.readObject(index);
        if (!(root.get("weight_map") instanceof ObjectNode weightMap)) {
            throw new CorruptFileException(index, "weight_map", String.valueOf(root.get("weight_map")), "a JSON object");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> tensor : weightMap.properties()) {
            String file = tensor.getValue().textValue();
            if (file == null || !plainName(file)) {
                throw new CorruptFileException(
                        index,
                        "weight_map of tensor '" + tensor.getKey() + "'",
                        tensor.getValue().toString(),
                        "the plain name of a .safetensors file in the same directory");
            }
            files.put(tensor.getKey(), file);
        }
        return files;
    }

    private static boolean plainName(String file) {
        return file.endsWith(".safetensors")
                && file.indexOf('/') < 0
                && file.indexOf('\\') < 0
                && file.indexOf('\0') < 0
                && !file.startsWith(".");
    }

    private void openShards(Map<String, String> weightMap) throws IOException {
        for (String name : new TreeSet<>(weightMap.values())) {
            Path path = index.resolveSibling(name);
            if (!Files.isRegularFile(path)) {
                throw new CorruptFileException(index, "weight_map", "'" + name + "'", "a file that exists beside the index");
            }
            if (shards.size() == MAX_SHARDS) {
                throw new CorruptFileException(index, "number of files", "more than " + MAX_SHARDS, "fewer");
            }
            shards.put(name, SafetensorsFile.open(path));
        }
        for (Map.Entry<String, SafetensorsFile> shard : shards.entrySet()) {
            for (String tensor : shard.getValue().names()) {
                String expected = weightMap.get(tensor);
                if (!shard.getKey().equals(expected)) {
                    throw new CorruptFileException(
                            index,
                            "weight_map of tensor '" + tensor + "', which lies in " + shard.getKey(),
                            expected == null ? "no entry" : expected,
                            shard.getKey() + " and no other file");
                }
                shardOf.put(tensor, shard.getValue());
            }
        }
        for (Map.Entry<String, String> tensor : weightMap.entrySet()) {
            if (!shardOf.containsKey(tensor.getKey())) {
                throw new CorruptFileException(
                        index.resolveSibling(tensor.getValue()),
                        "tensors",
                        "no '" + tensor.getKey() + "'",
                        "it, as " + index.getFileName() + " says");
            }
        }
    }

    /** The files by name, sorted. */
    public Map<String, SafetensorsFile> shards() {
        return Collections.unmodifiableMap(shards);
    }

    @Override
    public Path path() {
        return index;
    }

    @Override
    public Path fileOf(String name) {
        SafetensorsFile shard = shardOf.get(name);
        return shard == null ? index : shard.path();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(shardOf.keySet());
    }

    @Override
    public Entry entry(String name) {
        return shard(name).entry(name);
    }

    @Override
    public ByteBuffer view(String name, long offset, int length) throws IOException {
        return shard(name).view(name, offset, length);
    }

    @Override
    public void readFp32(String name, long first, ByteBuffer into) throws IOException {
        shard(name).readFp32(name, first, into);
    }

    private SafetensorsFile shard(String name) {
        SafetensorsFile shard = shardOf.get(name);
        if (shard == null) {
            throw TensorNotFoundException.of(index, name, names());
        }
        return shard;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (SafetensorsFile shard : shards.values()) {
            try {
                shard.close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
