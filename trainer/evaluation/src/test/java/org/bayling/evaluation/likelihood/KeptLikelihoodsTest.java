package org.bayling.evaluation.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is computed is kept, and is not computed again. */
class KeptLikelihoodsTest {
    private static final int GROUPS = 80;

    @TempDir
    private Path folder;

    private final List<LikelihoodRequest> asked = new ArrayList<>();

    @Test
    void anEvaluationThatWasKilledGoesOnWhereItStopped() throws IOException {
        Path file = folder.resolve("likelihoods.jsonl");
        List<double[]> whole = run(file, groups());
        assertThat(asked).hasSize(2 * GROUPS);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 100, bytes.length / 3, bytes.length / 2, bytes.length - 1, bytes.length}) {
            Files.write(file, Arrays.copyOf(bytes, length)); // as much of it as the killed process had written
            long kept = Math.max(0, new String(bytes, 0, length, StandardCharsets.UTF_8)
                    .chars().filter(c -> c == '\n').count() - 1);
            asked.clear();
            assertThat(run(file, groups())).usingRecursiveComparison().isEqualTo(whole);
            // At most the row that was being written is computed again.
            assertThat(asked.size() / 2L).isBetween(GROUPS - kept, GROUPS - kept + 10);
            assertThat(asked.isEmpty()).isEqualTo(length == bytes.length);
        }
    }

    @Test
    void moreGroupsThanBeforeComputeOnlyTheNewOnes() throws IOException {
        Path file = folder.resolve("likelihoods.jsonl");
        run(file, groups().subList(0, 40));
        asked.clear();
        run(file, groups());
        assertThat(asked.size() / 2).isBetween(40, 50);
    }

    @Test
    void resultsOfAnotherModelAreRefused() throws IOException {
        Path file = folder.resolve("likelihoods.jsonl");
        ResultsFile.open(file, KeptLikelihoods.KIND, "1", "model A").close();
        assertThatThrownBy(() -> ResultsFile.open(file, KeptLikelihoods.KIND, "2", "model B"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("likelihoods.jsonl: holds results of another model (model A)");
        Files.writeString(file, "{\"other\":1}\n");
        assertThatThrownBy(() -> ResultsFile.open(file, KeptLikelihoods.KIND, "1", "model A"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no file of results");
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        Path file = folder.resolve("likelihoods.jsonl");
        run(file, groups().subList(0, 2));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, "{\"item\":\"x\",\"ll\":[\"much\"]}");
        Files.write(file, lines);
        assertThatThrownBy(() -> run(file, groups())).hasMessageContaining("likelihoods.jsonl:3: is damaged");
    }

    @Test
    void twoEvaluationsDoNotWriteToOneFile() throws IOException {
        Path file = folder.resolve("likelihoods.jsonl");
        try (ResultsFile first = ResultsFile.open(file, KeptLikelihoods.KIND, "1", "model A")) {
            assertThat(first.size()).isZero();
            assertThatThrownBy(() -> ResultsFile.open(file, KeptLikelihoods.KIND, "1", "model A"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("another evaluation is writing to it");
        }
    }

    private List<double[]> run(Path file, List<RequestGroup> groups) throws IOException {
        LikelihoodScorer scorer = requests -> {
            asked.addAll(requests);
            return requests.stream()
                    .mapToDouble(request -> -Math.sqrt(Arrays.hashCode(request.targets()) & 0xFFFFF))
                    .toArray();
        };
        try (ResultsFile results = ResultsFile.open(file, KeptLikelihoods.KIND, "0", "model")) {
            return new KeptLikelihoods(scorer, results).of(groups, TaskProgress.silent(), "questions");
        }
    }

    /** Pairs of requests of fifty tokens each: ten pairs fit a row. */
    private static List<RequestGroup> groups() {
        List<RequestGroup> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new RequestGroup("here:" + i, List.of(request(i, 0), request(i, 1))));
        }
        return groups;
    }

    private static LikelihoodRequest request(int group, int option) {
        int[] input = new int[50];
        Arrays.fill(input, 1000 * group + option);
        return new LikelihoodRequest(input, new int[] {group, option});
    }
}
