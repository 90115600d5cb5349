package org.bayling.evaluation.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.generate.GenerationRequest;
import org.bayling.generate.GenerationResult;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopReason;
import org.bayling.generate.StopRule;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {
    private static final GenerationSettings GREEDY = GenerationSettings.defaults();
    private static final GenerationSettings SAMPLED =
            GREEDY.withSampling(GREEDY.sampling().withDoSample(true).withSeed(5));

    @TempDir
    private Path folder;

    private final List<Integer> written = new ArrayList<>();

    private static List<KeptAnswers.Prompt> prompts(int... firstIds) {
        List<KeptAnswers.Prompt> prompts = new ArrayList<>();
        for (int id : firstIds) {
            prompts.add(new KeptAnswers.Prompt("line " + id, new int[] {id, 7}));
        }
        return prompts;
    }

    /** Answers in the opposite order, with the first id and what draws depend on; ends as if killed after so many. */
    private List<String> run(List<KeptAnswers.Prompt> prompts, GenerationSettings settings, StopRule stop, int most)
            throws IOException {
        try (ResultsFile file = ResultsFile.open(folder.resolve("answers.jsonl"), KeptAnswers.KIND, "f", "m")) {
            KeptAnswers.Writer writer = (requests, how, listener, progress) -> {
                for (int i = requests.size() - 1; i >= 0; i--) {
                    if (written.size() == most) {
                        throw new IllegalStateException("killed");
                    }
                    GenerationRequest request = requests.get(i);
                    written.add(request.prompt()[0]);
                    long draw = how.sampling().doSample() ? request.stream().getAsLong() : 0;
                    String text = request.prompt()[0] + " " + draw;
                    listener.onFinished(i, List.of(new GenerationResult(
                            new int[] {1, 2}, text, StopReason.STOP_TOKEN, 2, 0, 0, 0)));
                }
            };
            return new KeptAnswers(writer, stop, file).of(prompts, settings, TaskProgress.silent());
        }
    }

    @Test
    void whatIsKnownIsNotGeneratedAgainAfterAnInterruption() throws IOException {
        StopRule stop = StopRule.of(2);
        assertThatThrownBy(() -> run(prompts(1, 2, 3, 4), GREEDY, stop, 2)).hasMessage("killed");
        assertThat(written).containsExactly(4, 3);
        assertThat(run(prompts(1, 2, 3, 4), GREEDY, stop, 99)).containsExactly("1 0", "2 0", "3 0", "4 0");
        assertThat(written).containsExactly(4, 3, 2, 1);
        run(prompts(1, 2, 3, 4), GREEDY, stop, 99);
        assertThat(written).hasSize(4);
    }

    @Test
    void equalPromptsAreAnsweredOnce() throws IOException {
        assertThat(run(prompts(1, 1, 2, 1), GREEDY, StopRule.of(2), 99)).containsExactly("1 0", "1 0", "2 0", "1 0");
        assertThat(written).containsExactly(2, 1);
    }

    @Test
    void otherDecodingOrOtherStopTokensAreOtherAnswers() throws IOException {
        run(prompts(1), GREEDY, StopRule.of(2), 99);
        run(prompts(1), GREEDY.withMaxNewTokens(9), StopRule.of(2), 99);
        run(prompts(1), GREEDY, StopRule.of(2, 3), 99);
        run(prompts(1), GREEDY.withBeams(GREEDY.beams().withNumBeams(5)), StopRule.of(2), 99);
        assertThat(written).hasSize(4);
    }

    @Test
    void whatIsDrawnDoesNotDependOnWhatIsKnownAlready() throws IOException {
        List<String> whole = run(prompts(1, 2, 3), SAMPLED, StopRule.of(2), 99);
        assertThat(whole).doesNotHaveDuplicates();
        folder = folder.resolve("again");
        run(prompts(2), SAMPLED, StopRule.of(2), 99);
        assertThat(run(prompts(1, 2, 3), SAMPLED, StopRule.of(2), 99)).isEqualTo(whole);
    }
}
