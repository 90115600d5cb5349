package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bayling.acceptance.Spoiling.bytes;
import static org.bayling.acceptance.Spoiling.emptied;
import static org.bayling.acceptance.Spoiling.flipped;
import static org.bayling.acceptance.Spoiling.json;
import static org.bayling.acceptance.Spoiling.removed;
import static org.bayling.acceptance.Spoiling.truncated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bayling.train.RunDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs of two checkpoints of which the newer one is damaged: the run says so, goes on from the older one and comes to
 * the same bytes; where none is sound it is refused and nothing is moved.
 */
class DamagedCheckpointTest {
    private static final List<String> FULL = List.of(
            "config.json", "config.resolved.yaml", "manifest.json", "model.safetensors", "optimizer.safetensors",
            "tokenizer.json", "tokenizer_config.json", "training_state.json");
    private static final List<String> LORA = List.of(
            "README.md", "adapter_config.json", "adapter_model.safetensors", "config.resolved.yaml", "manifest.json",
            "optimizer.safetensors", "tokenizer.json", "tokenizer_config.json", "training_state.json");

    /** {@code full} and {@code lora} are two runs of two steps. */
    @TempDir
    private static Path shared;

    @TempDir
    private Path temp;

    @BeforeAll
    static void runs() throws Exception {
        SoundModel sound = SoundModel.train(shared);
        for (String method : List.of("full", "lora")) {
            Path folder = shared.resolve(method);
            sound.copyTo(folder);
            BuiltProduct.Result result =
                    Refusals.product(folder).run("train", "run.yaml", "finetuning_type=" + method);
            assertThat(result.exitCode()).as(result.toString()).isZero();
        }
    }

    static Map<String, Spoiling> kinds(String file) {
        Map<String, Spoiling> kinds = new LinkedHashMap<>();
        kinds.put("removed", removed(file));
        kinds.put("emptied", emptied(file));
        kinds.put("half", bytes(file, all -> Arrays.copyOf(all, all.length / 2)));
        kinds.put("one byte more", bytes(file, all -> Arrays.copyOf(all, all.length + 1)));
        kinds.put("first bit", flipped(file, 0));
        kinds.put("a bit in the middle", bytes(file, all -> {
            all[all.length / 2] ^= 1;
            return all;
        }));
        return kinds;
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "lora"})
    void everyDamageOfEveryFileIsFound(String method) throws Exception {
        Path checkpoint = shared.resolve(method).resolve("out/step-2");
        try (Stream<Path> files = Files.list(checkpoint)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(method.equals("full") ? FULL : LORA);
        }
        Path copy = temp.resolve("step-2");
        for (String file : method.equals("full") ? FULL : LORA) {
            for (Map.Entry<String, Spoiling> kind : kinds(file).entrySet()) {
                copy(checkpoint, copy);
                kind.getValue().spoil(copy);
                assertThatThrownBy(() -> RunDirectory.verify(copy))
                        .as(kind.getKey() + " " + file)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("step-2/");
            }
        }
    }

    /** No byte of the manifest can change without notice: none of it is unread. */
    @Test
    void everyByteOfTheManifestCounts() throws Exception {
        Path copy = temp.resolve("step-2");
        copy(shared.resolve("lora/out/step-2"), copy);
        byte[] manifest = Files.readAllBytes(copy.resolve("manifest.json"));
        for (int i = 0; i < manifest.length - 1; i++) {
            byte[] flipped = manifest.clone();
            flipped[i] ^= (byte) (1 << i % 7);
            Files.write(copy.resolve("manifest.json"), flipped);
            assertThatThrownBy(() -> RunDirectory.verify(copy)).as("byte " + i).isInstanceOf(IOException.class);
        }
    }

    static Stream<Spoiling.Case> newest() {
        return Stream.of(
                new Spoiling.Case("weights", flipped("model.safetensors", 100_000), "model.safetensors: content"),
                new Spoiling.Case("optimizer", truncated("optimizer.safetensors", 1000), "optimizer.safetensors: "),
                new Spoiling.Case("state", removed("training_state.json"), "training_state.json: file: found missing"),
                new Spoiling.Case("manifest", emptied("manifest.json"), "manifest.json: content: found nothing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("newest")
    void theRunGoesOnFromTheOlderOneToTheSameBytes(Spoiling.Case damage) throws Exception {
        copy(shared.resolve("full"), temp.resolve("full"));
        Path run = temp.resolve("full/out");
        damage.spoiling().spoil(run.resolve("step-2"));
        BuiltProduct.Result resumed = Refusals.product(temp.resolve("full")).run("resume", "out");
        assertThat(resumed.exitCode()).as(resumed.toString()).isZero();
        assertThat(resumed.err())
                .contains("checkpoint step-2 is damaged and was set aside as step-2.bad: out/step-2/")
                .contains(damage.told())
                .contains("training goes on at step 2 of 2")
                .doesNotContain("\tat ");
        for (String file : List.of("model.safetensors", "optimizer.safetensors", "training_state.json")) {
            assertThat(run.resolve("step-2").resolve(file))
                    .hasSameBinaryContentAs(shared.resolve("full/out/step-2").resolve(file));
        }
    }

    @Test
    void aRunWithoutASoundCheckpointIsRefusedEachTime() throws Exception {
        copy(shared.resolve("full"), temp.resolve("full"));
        Path folder = temp.resolve("full");
        flipped("model.safetensors", 100_000).spoil(folder.resolve("out/step-1"));
        removed("config.json").spoil(folder.resolve("out/step-2"));
        for (String[] command : List.of(new String[] {"train", "run.yaml"}, new String[] {"resume", "out"})) {
            assertThat(Refusals.refused(10, folder, command).err())
                    .contains("out: no checkpoint of this run is sound:")
                    .contains("step-1/model.safetensors: content", "step-2/config.json: file: found missing")
                    .contains("choose another output_dir");
        }
    }

    @Test
    void aCheckpointOfANewerProgramIsNoDamage() throws Exception {
        copy(shared.resolve("full"), temp.resolve("full"));
        json("manifest.json", manifest -> manifest.put("format_version", 99)).spoil(temp.resolve("full/out/step-2"));
        assertThat(Refusals.refused(10, temp.resolve("full"), "train", "run.yaml").err())
                .contains("step-2/manifest.json: format_version: found 99");
    }

    @Test
    void whatLiesBesideTheCheckpointsIsMadeAgainOrIgnored() throws Exception {
        copy(shared.resolve("full"), temp.resolve("full"));
        Path run = temp.resolve("full/out");
        for (String file : List.of("best", "log.jsonl", "trainer_state.json", "report.html", ".lock-owner")) {
            Files.write(run.resolve(file), new byte[] {(byte) 0xff, 0, '{'});
        }
        try (Stream<Path> caches = Files.list(run.resolve("tokens"))) {
            for (Path cache : caches.toList()) {
                truncated(cache.getFileName().toString(), 50).spoil(run.resolve("tokens"));
            }
        }
        Files.createDirectory(run.resolve("step-3.tmp-123e4567-e89b-12d3-a456-426614174000"));
        BuiltProduct.Result result = Refusals.product(temp.resolve("full")).run("train", "run.yaml", "max_steps=3");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).isEqualTo("out/step-3\n");
        assertThat(run.resolve("step-3.tmp-123e4567-e89b-12d3-a456-426614174000")).doesNotExist();
    }

    @Test
    void goingOnFromAnOlderCheckpointIsRefusedWhileALaterOneIsThere() throws Exception {
        copy(shared.resolve("full"), temp.resolve("full"));
        assertThat(Refusals.refused(
                                10, temp.resolve("full"), "train", "run.yaml", "resume_from_checkpoint=out/step-1")
                        .err())
                .contains("out/step-1 is of step 1, but out/step-2 is there already", "choose another output_dir");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }
}
