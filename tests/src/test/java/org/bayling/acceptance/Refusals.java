package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What holds of every command that is given something bad: the right exit code, words for a person and no stack trace,
 * no crash of the Java virtual machine, and the folder as it was. Which test proves which item of "bad input to cover":
 *
 * <table>
 *   <caption>Bad input</caption>
 *   <tr><th>item</th><th>exit</th><th>proof</th></tr>
 *   <tr><td>model files missing, empty, truncated, bit-flipped, of a wrong dtype or shape: safetensors, index,
 *       config.json, tokenizer.json</td><td>10</td><td>{@link BadModelFilesTest}</td></tr>
 *   <tr><td>the same of a GGUF file</td><td>10</td><td>{@link BadGgufTest}</td></tr>
 *   <tr><td>unknown architecture, activation or rope type; tensor missing or extra</td><td>10</td>
 *       <td>both of them</td></tr>
 *   <tr><td>tokenizer and model vocabulary that disagree</td><td>10</td><td>both of them</td></tr>
 *   <tr><td>config keys unknown, misspelt, duplicate, out of range</td><td>2</td><td>{@link BadConfigTest}</td></tr>
 *   <tr><td>a data row that is not JSON, lacks fields, has an empty answer, is longer than the cut-off, trains nothing;
 *       no usable row</td><td>10</td><td>{@link BadDataTest}</td></tr>
 *   <tr><td>lone surrogates, control strings in text</td><td>10, or 0 and they stay text</td>
 *       <td>{@link BadDataTest}</td></tr>
 *   <tr><td>no disk space; unwritable directory; another trainer in the same run directory</td><td>11</td>
 *       <td>{@link BadPlacesTest}</td></tr>
 *   <tr><td>a checkpoint with any file damaged</td><td>0 from the older one, 10 when none is sound</td>
 *       <td>{@link DamagedCheckpointTest}</td></tr>
 *   <tr><td>NaN in weights</td><td>10</td><td>{@link BadModelFilesTest}, {@link BadGgufTest}</td></tr>
 *   <tr><td>NaN in the loss</td><td>12</td><td>{@link BadNumbersTest}</td></tr>
 *   <tr><td>out of memory</td><td>11</td><td>{@link BadNumbersTest}</td></tr>
 *   <tr><td>sources of a corpus: misaligned files, unknown language, wrong encoding, empty side, broken compressed frame,
 *       missing file; a mixture that cannot be met</td><td>10, 2 where the recipe alone shows it</td>
 *       <td>{@link BadCorpusTest}</td></tr>
 *   <tr><td>a corpus on a full disk, or where something is already</td><td>11</td><td>{@link BadCorpusTest}</td></tr>
 * </table>
 */
final class Refusals {
    private Refusals() {}

    /** The product; its programs are over before Java's slower and better compiler would pay. */
    static BuiltProduct product(Path folder) {
        return BuiltProduct.in(folder).withEnvironment("BAYLING_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    }

    /** Runs a command that must be refused before anything is written. */
    static BuiltProduct.Result refused(int exitCode, Path folder, String... arguments) throws Exception {
        return refused(exitCode, folder, product(folder), arguments);
    }

    /** The same for a product with settings of its own. */
    static BuiltProduct.Result refused(int exitCode, Path folder, BuiltProduct product, String... arguments)
            throws Exception {
        Map<String, Integer> before = files(folder);
        BuiltProduct.Result result = explained(exitCode, product, arguments);
        assertThat(files(folder)).as("files after " + result).isEqualTo(before);
        return result;
    }

    /**
     * Runs a command that must be refused while or after it reads data: the folder of the run may hold its lock and the
     * token cache then, which are no run, and nothing else is new.
     */
    static BuiltProduct.Result refusedAfterReading(int exitCode, Path folder, String... arguments) throws Exception {
        Map<String, Integer> before = filesOfUse(folder);
        BuiltProduct.Result result = explained(exitCode, product(folder), arguments);
        assertThat(filesOfUse(folder)).as("files after " + result).isEqualTo(before);
        return result;
    }

    private static Map<String, Integer> filesOfUse(Path folder) throws IOException {
        Map<String, Integer> files = files(folder);
        files.keySet().removeIf(file -> file.endsWith(".lock") || file.endsWith(".tokens"));
        return files;
    }

    /** Runs a command that must fail with words for a person. */
    static BuiltProduct.Result explained(int exitCode, BuiltProduct product, String... arguments) throws Exception {
        long crashes = crashes();
        BuiltProduct.Result result = product.run(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(result.err())
                .as("words for a person")
                .isNotBlank()
                .doesNotContain("\tat ", "Exception", "fault of the program", "$Lambda");
        assertThat(crashes()).as("notes of crashes").isEqualTo(crashes);
        return result;
    }

    /** Every file below a folder by its relative name, with a hash of its bytes. */
    static Map<String, Integer> files(Path folder) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static long crashes() throws IOException {
        try (Stream<Path> notes = Files.list(BuiltProduct.root().resolve("checkpoints"))) {
            return notes.filter(note -> note.getFileName().toString().startsWith("hs_err")).count();
        }
    }
}
