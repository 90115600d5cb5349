package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bayling.config.ConfigLoader;
import org.bayling.config.DataConfig;
import org.bayling.config.RunConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of README.md's code blocks, run by a shell in a copy of the source tree, in the order of the README.
 *
 * <p>They run as they stand, with these exceptions:
 * <ul>
 *   <li>{@code MODEL} and {@code DIR} are the model that the README's YAML names; the nano base lies there
 *   <li>the README's YAML is saved as {@value #RUN} and {@value #RECIPE}; their data, {@code model.gguf} and
 *       {@code case.safetensors} are small files of the right kind
 *   <li>{@link #SHORTER} is appended to long commands, {@link #TYPED} is what the person types into them
 *   <li>{@code mvn verify} is what runs this test; the block of Spark's commands is marked as text, since no cluster is
 *       at hand: CorpusBuildJobTest runs what they submit
 * </ul>
 */
class ReadmeTest {
    private static final String RUN = "my-run.yaml";
    private static final String RECIPE = "my-corpus.yaml";
    /** Of two dozen rows that are much alike. */
    private static final String SMALL_CORPUS =
            "quality=none mixture.samples=60 mixture.max_epochs=9 sources.3.languages=[fr] sources.3.dates=3";
    private static final String SHORT_RUN = "max_steps=2 per_device_train_batch_size=2 gradient_accumulation_steps=1";

    /** By verb; all of it are options and values that people use too. */
    private static final Map<String, String> SHORTER = Map.of(
            "quickstart", "--questions 4 max_steps=2",
            "plan", SHORT_RUN,
            "train", SHORT_RUN,
            "corpus plan", SMALL_CORPUS,
            "corpus build", SMALL_CORPUS,
            "eval translation", "--max-new-tokens 4",
            "verify-resume", SHORT_RUN + " --steps 2");

    private static final Map<String, String> TYPED = Map.of("chat", "What is 3 and one?\n");

    @TempDir
    private Path temp;

    private Path tree;
    private String readme;
    private Path model;

    @BeforeEach
    void treeWithWhatTheReadmeNames() throws Exception {
        tree = temp.resolve("bayling");
        BuiltProduct.copyOfTheTree(tree);
        readme = Files.readString(BuiltProduct.root().resolve("README.md"));
        List<String> yaml = blocks("yaml");
        assertThat(yaml).as("a run's YAML and a corpus'").hasSize(2);
        Path run = Files.writeString(tree.resolve(RUN), yaml.get(0));
        Files.writeString(tree.resolve(RECIPE), yaml.get(1));
        StandIns.putRawText(tree.resolve("raw"));
        RunConfig config = ConfigLoader.load(run, List.of()).config();
        model = config.model().modelNameOrPath();
        StandIns.putModel(tree.resolve(model).normalize());
        for (DataConfig.Dataset dataset : config.data().datasets()) {
            StandIns.putData(tree, dataset);
        }
        StandIns.putGguf(tree.resolve("model.gguf"));
        StandIns.putCase(tree.resolve("case.safetensors"));
        StandIns.putFlores(tree.resolve("flores200_dataset"));
        Files.writeString(tree.resolve("out.de"), "Das ist ein Haus.\nGuten Morgen!\n");
        Files.writeString(tree.resolve("wmt.de"), "Dies ist ein Haus.\nGuten Morgen.\n");
    }

    @Test
    void everyCommandOfTheReadmeRuns() throws Exception {
        List<String> commands = commands();
        assertThat(commands).anyMatch(command -> command.startsWith("./bayling-train train "));
        List<String> failures = new ArrayList<>();
        for (String command : commands) {
            run(command, failures);
        }
        assertThat(failures).as("commands of README.md that do not work").isEmpty();
    }

    private void run(String command, List<String> failures) throws Exception {
        if (command.equals("mvn verify")) {
            return;
        }
        String[] words = command.split(" ");
        if (!words[0].equals("./bayling-train") || words.length < 2) {
            failures.add(command + "\nthis test does not know how to run " + words[0]);
            return;
        }
        String named = command.replaceAll("\\b(MODEL|DIR)\\b", model.toString());
        String verb = words[1] + " " + (words.length > 2 ? words[2] : "");
        String line = named + " " + SHORTER.getOrDefault(words[1], SHORTER.getOrDefault(verb, ""));
        BuiltProduct.Result result = BuiltProduct.in(tree)
                .withLauncher(Path.of("sh"))
                .withInput(TYPED.getOrDefault(words[1], ""))
                .withLimit(Duration.ofMinutes(2))
                .run("-c", line);
        if (result.exitCode() != 0) {
            failures.add(command + "\n" + result);
        }
    }

    /** Lines of the blocks without a language, without comments. */
    private List<String> commands() throws IOException {
        return blocks("").stream()
                .flatMap(String::lines)
                .map(line -> line.replaceAll("(^|\\s+)#.*$", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private List<String> blocks(String language) {
        return Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme)
                .results()
                .filter(block -> block.group(1).equals(language) || language.isEmpty() && isShell(block))
                .map(block -> block.group(2))
                .toList();
    }

    private static boolean isShell(MatchResult block) {
        return List.of("sh", "bash", "shell", "console").contains(block.group(1));
    }
}
