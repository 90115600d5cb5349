package org.bayling.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file or an argument holds, the answer is a configuration or a {@link ConfigException}. */
class ConfigFuzzTest {
    private static final String RICH = ConfigFiles.MINIMAL
            + """
            lora_target: &t [q_proj, v_proj]
            modules_to_save: *t
            learning_rate: "1e-4"   # comment
            lr_scheduler_kwargs: {min_lr_rate: 0.1}
            eval_dataset: [{path: 'a, b', columns: {output: answer}}]
            template: >
              folded
              text
            date_string: "\\u4e2d \\x41"
            train: {epochs: 2}
            """;

    @Property(tries = 500)
    void randomBytes(@ForAll byte[] bytes, @ForAll List<String> overrides) {
        loadOrRefuse(bytes, overrides);
    }

    @Property(tries = 1500)
    void mutatedFiles(@ForAll("mutants") String yaml) {
        loadOrRefuse(yaml.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @Property(tries = 500)
    void randomOverrides(@ForAll("overrides") String override) {
        loadOrRefuse(RICH.getBytes(StandardCharsets.UTF_8), List.of(override, "datasets.0." + override));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "%YAML 99999999999.1\n---\na: b",
        "%TAG ! !\n---\n!x a: b",
        "a: \"\\UFFFFFFFF\"",
        "a: \"\\ud800\"",
        "output_dir: \"\\0\"",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "? &x [*x]\n: c",
        "*unknown: 1",
        "&a a: *a",
        "a: |999999999999\n  x",
        "\t a: b",
        "a:\n\t- b",
        "---\n...\n---\n",
        "\"\": 1",
        ".: 1",
        "..: {.: 1}",
        "datasets: {a: 1}",
        "train: {train: {train: 1}}",
        "train: [1]",
        "train.epochs: 1\ntrain: {epochs: 2}"
    })
    void awkwardFiles(String yaml) {
        assertThat(loadOrRefuse(yaml.getBytes(StandardCharsets.UTF_8), List.of())).isNotEmpty();
    }

    /** The problems, none when it loads. */
    private static List<ConfigProblem> loadOrRefuse(byte[] yaml, List<String> overrides) {
        try {
            LoadedConfig loaded = ConfigFiles.load(yaml, overrides.toArray(String[]::new));
            assertThat(ConfigFiles.load(loaded.resolved().toYaml()).config()).isEqualTo(loaded.config());
            return List.of();
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(p -> assertThat(p.message()).isNotBlank());
            return e.problems();
        }
    }

    @Provide
    Arbitrary<String> mutants() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, RICH.length() - 1);
        Arbitrary<String> inserted = Arbitraries.oneOf(
                Arbitraries.of(": ", "- ", "\n", "  ", "[", "]", "{", "}", "&t ", "*t", "!x ", "|\n"),
                Arbitraries.of("\"", "'", "#", "%", "<<: ", "? ", "---\n", "\t"),
                Arbitraries.strings().ofMaxLength(3));
        Arbitrary<int[]> cut = Combinators.combine(place, Arbitraries.integers().between(0, 6))
                .as((at, length) -> new int[] {at, Math.min(RICH.length(), at + length)});
        return Combinators.combine(cut, inserted)
                .as((range, text) -> RICH.substring(0, range[0]) + text + RICH.substring(range[1]));
    }

    @Provide
    Arbitrary<String> overrides() {
        List<String> names = ConfigKeys.ROOT.keys().stream().map(Key::name).toList();
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.of(names), Arbitraries.strings().withChars("ab.01=").ofMaxLength(6));
        return Combinators.combine(keys, Arbitraries.strings().ofMaxLength(5)).as((key, value) -> key + "=" + value);
    }
}
