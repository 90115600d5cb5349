package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bayling.io.CorruptFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedSafetensorsTest {
    @TempDir
    Path directory;

    private Path index;

    @BeforeEach
    void twoShards() throws IOException {
        index = directory.resolve("model.safetensors.index.json");
        shard("one.safetensors", "a", "b");
        shard("two.safetensors", "c");
    }

    private void shard(String file, String... names) throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < names.length; i++) {
            header.append(i == 0 ? "" : ",").append("\"" + names[i] + "\":{\"dtype\":\"U8\",\"shape\":[1],"
                    + "\"data_offsets\":[" + i + "," + (i + 1) + "]}");
        }
        byte[] content = SafetensorsBytes.of(header + "}", names.length);
        for (int i = 0; i < names.length; i++) {
            content[content.length - names.length + i] = (byte) names[i].charAt(0);
        }
        Files.write(directory.resolve(file), content);
    }

    private void assertRefused(String json, String... parts) throws IOException {
        Files.writeString(index, json);
        assertThatThrownBy(() -> ShardedSafetensors.open(index).close())
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContainingAll("found", "expected")
                .hasMessageContainingAll(parts);
    }

    @Test
    void shardsReadAsOneStore() throws IOException {
        Files.writeString(
                index,
                "{\"metadata\":{\"total_size\":3},\"weight_map\":"
                        + "{\"c\":\"two.safetensors\",\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"}}");
        try (ShardedSafetensors store = ShardedSafetensors.open(index)) {
            assertThat(store.names()).containsExactly("a", "b", "c");
            assertThat(store.view("c", 0, 1).get()).isEqualTo((byte) 'c');
            assertThat(store.shards()).containsOnlyKeys("one.safetensors", "two.safetensors");
            assertThatThrownBy(() -> store.entry("d"))
                    .isInstanceOf(TensorNotFoundException.class)
                    .hasMessageContaining("index.json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x.safetensors", "/etc/x.safetensors", "sub/x.safetensors", "sub\\\\x.safetensors", "..",
                "", "one", ".hidden.safetensors", "x.bin", "a\\u0000.safetensors"
            })
    void namesThatAreNotPlainFilesBesideTheIndexAreRefused(String file) throws IOException {
        assertRefused("{\"weight_map\":{\"a\":\"" + file + "\"}}", "index.json", "tensor 'a'", "plain name");
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        assertRefused(
                "{\"weight_map\":{\"a\":\"one.safetensors\",\"x\":\"three.safetensors\"}}", "three.safetensors", "exists");
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        shard("two.safetensors", "b", "c");
        assertRefused(
                "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\",\"c\":\"two.safetensors\"}}",
                "tensor 'b'",
                "two.safetensors",
                "one.safetensors");
    }

    @Test
    void aTensorThatTheIndexOrTheShardLacksIsRefused() throws IOException {
        assertRefused(
                "{\"weight_map\":{\"a\":\"one.safetensors\",\"c\":\"two.safetensors\"}}", "tensor 'b'", "no entry");
        assertRefused(
                "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\",\"c\":\"two.safetensors\","
                        + "\"d\":\"two.safetensors\"}}",
                "two.safetensors",
                "no 'd'");
    }

    @Test
    void malformedIndexesAreRefused() throws IOException {
        assertRefused("{\"weight_map\":[]}", "weight_map");
        assertRefused("{}", "weight_map");
        assertRefused("[]", "JSON object");
        assertRefused("", "JSON object");
        assertRefused("{\"weight_map\":{\"a\":1}}", "tensor 'a'");
        assertRefused("{\"weight_map\":{\"a\":\"one.safetensors\",\"a\":\"two.safetensors\"}}", "broken JSON", "line 1");
        assertRefused("{\"weight_map\":{}} {}", "broken JSON");
        assertRefused("[".repeat(100_000), "broken JSON");
    }
}
