package org.bayling.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.TensorStore;
import org.bayling.observe.JsonlLog;

/**
 * Two runs that should have computed the same, compared bit by bit: weights and optimizer state of one step's
 * checkpoint, and what both logged of every step up to it.
 */
public final class RunComparison {
    private static final int BLOCK = 8 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path one;
    private final Path other;

    private RunComparison(Path one, Path other) {
        this.one = one;
        this.other = other;
    }

    /**
     * One compared thing.
     *
     * @param what for people: {@code final weights}
     * @param amount how much of it: {@code 38 tensors}
     * @param difference the first place where the runs differ, with both values; empty when they are equal
     */
    public record Line(String what, String amount, Optional<String> difference) {}

    /**
     * Compares two run directories.
     *
     * @param step both hold its checkpoint
     * @throws IOException when a checkpoint or a log is missing or damaged
     */
    public static List<Line> of(Path one, Path other, long step) throws IOException {
        RunComparison checkpoints =
                new RunComparison(new RunDirectory(one).checkpoint(step), new RunDirectory(other).checkpoint(step));
        return List.of(
                checkpoints.tensors("final weights", checkpoints.weightFiles()),
                checkpoints.tensors("optimizer state", Set.of(TrainCheckpoint.OPTIMIZER)),
                checkpoints.state(),
                rows("sample ids", digests(one), digests(other)),
                rows("logged losses", log(one), log(other)));
    }

    private Set<String> weightFiles() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path checkpoint : List.of(one, other)) {
            try (Stream<Path> files = Files.list(checkpoint)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".safetensors") && !name.equals(TrainCheckpoint.OPTIMIZER))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private Line tensors(String what, Set<String> files) throws IOException {
        int count = 0;
        Optional<String> difference = Optional.empty();
        for (String file : files) {
            try (SafetensorsFile first = SafetensorsFile.open(one.resolve(file));
                    SafetensorsFile second = SafetensorsFile.open(other.resolve(file))) {
                Set<String> names = new LinkedHashSet<>(first.names());
                names.addAll(second.names());
                count += names.size();
                for (String name : names) {
                    difference = difference.isPresent() ? difference : difference(first, second, name);
                }
            }
        }
        return new Line(what, count + " tensors", difference);
    }

    private static Optional<String> difference(TensorStore first, TensorStore second, String name) throws IOException {
        if (!first.names().contains(name) || !second.names().contains(name)) {
            return Optional.of(name + ": is in one of the two only");
        }
        TensorStore.Entry entry = first.entry(name);
        if (!entry.equals(second.entry(name))) {
            return Optional.of(name + ": " + entry.stored() + " " + entry.shape() + " and "
                    + second.entry(name).stored() + " " + second.entry(name).shape());
        }
        for (long at = 0; at < entry.bytes(); at += BLOCK) {
            int length = (int) Math.min(BLOCK, entry.bytes() - at);
            int place = first.view(name, at, length).mismatch(second.view(name, at, length));
            if (place >= 0) {
                long element = (at + place) / entry.dtype().bytes();
                return Optional.of(
                        name + ": element " + element + " is " + value(first, name, element) + " and "
                                + value(second, name, element));
            }
        }
        return Optional.empty();
    }

    private static float value(TensorStore store, String name, long element) throws IOException {
        ByteBuffer value = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(name, element, value);
        return value.getFloat(0);
    }

    private Line state() throws IOException {
        ObjectNode first = JsonFiles.readObject(one.resolve(TrainCheckpoint.STATE));
        ObjectNode second = JsonFiles.readObject(other.resolve(TrainCheckpoint.STATE));
        Optional<String> difference = first.properties().stream()
                .filter(entry -> !entry.getValue().equals(second.get(entry.getKey())))
                .map(entry -> entry.getKey() + ": " + entry.getValue() + " and " + second.get(entry.getKey()))
                .findFirst();
        return new Line("counters", first.size() + " values", difference);
    }

    private static Line rows(String what, List<String> first, List<String> second) {
        Optional<String> difference = Optional.empty();
        for (int i = 0; i < Math.max(first.size(), second.size()) && difference.isEmpty(); i++) {
            String left = i < first.size() ? first.get(i) : "missing";
            String right = i < second.size() ? second.get(i) : "missing";
            if (!left.equals(right)) {
                difference = Optional.of("row " + (i + 1) + ": " + left + " and " + right);
            }
        }
        return new Line(what, first.size() + " rows", difference);
    }

    private static List<String> log(Path run) throws IOException {
        return JsonlLog.comparable(run.resolve(RunDirectory.LOG));
    }

    /** One hash a step, over the numbers of all samples up to it, in order. */
    private static List<String> digests(Path run) throws IOException {
        List<String> digests = new ArrayList<>();
        for (String row : log(run)) {
            JsonNode digest = JSON.readTree(row).path("sample_digest"); // a row of an evaluation has none
            if (digest.isTextual()) {
                digests.add(digest.textValue());
            }
        }
        return digests;
    }
}
