package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bayling.EngineTest;
import org.bayling.generate.BeamSettings.EarlyStopping;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that must hold token sequences. */
class ForcedWordsTest extends EngineTest {
    private static final StopRule STOP = StopRule.of(2, 89, 93);
    private static final GenerationSettings BEAMS = GenerationSettings.defaults()
            .withMaxNewTokens(24)
            .withBeams(new BeamSettings(4, 1, EarlyStopping.FALSE))
            .withNumReturnSequences(2);
    private static TinyGeneration tiny;
    private static BatchGenerator generator;

    @BeforeEach
    void model() throws IOException {
        if (tiny == null) {
            tiny = TinyGeneration.open(kernels, "gqa-tied");
            generator = new BatchGenerator(kernels, tiny.model(), Optional.empty(), 64L << 20);
        }
    }

    @AfterAll
    static void closeModel() throws IOException {
        if (tiny != null) {
            generator.close();
            tiny.close();
        }
    }

    private static List<List<GenerationResult>> answers(List<GenerationRequest> requests, GenerationSettings settings) {
        List<List<GenerationResult>> all = new ArrayList<>(Collections.nCopies(requests.size(), List.of()));
        generator.run(requests, settings, STOP, all::set, TaskProgress.silent());
        return all;
    }

    private static boolean holds(int[] ids, int[] word) {
        return IntStream.rangeClosed(0, ids.length - word.length)
                .anyMatch(at -> Arrays.equals(ids, at, at + word.length, word, 0, word.length));
    }

    @Test
    void everyAnswerHoldsAllWords() {
        Random random = new Random(2);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<int[]> words = new ArrayList<>();
            for (int w = 0; w <= i % 4; w++) {
                words.add(random.ints(1 + w, 100, 140).toArray());
            }
            requests.add(new GenerationRequest(random.ints(4 + i, 3, 320).toArray(), words));
        }
        for (GenerationSettings settings : List.of(BEAMS, BEAMS.withNoRepeatNgramSize(2).withRepetitionPenalty(1.3))) {
            List<List<GenerationResult>> all = answers(requests, settings);
            for (int i = 0; i < requests.size(); i++) {
                assertThat(all.get(i)).isNotEmpty();
                for (GenerationResult result : all.get(i)) {
                    assertThat(requests.get(i).forceWordsIds())
                            .as("answer %s", Arrays.toString(result.ids()))
                            .allMatch(word -> holds(result.ids(), word));
                }
            }
        }
    }

    @Test
    void wordsThatTakeAllTokensAreAllThatIsWritten() {
        int[] word = {101, 102, 103, 104};
        GenerationRequest request = new GenerationRequest(new int[] {1, 9, 17}, List.of(word, new int[] {77}));
        List<GenerationResult> results =
                answers(List.of(request), BEAMS.withMaxNewTokens(5)).get(0);
        assertThat(results.get(0).ids()).hasSize(5).contains(77).containsSubsequence(101, 102, 103, 104);
    }

    @Test
    void requestsWithoutWordsBesideThemAreAnsweredAsAlone() {
        GenerationRequest free = GenerationRequest.of(1, 5, 9, 14);
        GenerationRequest forced = new GenerationRequest(new int[] {1, 30, 31}, List.of(new int[] {120}));
        int[] alone = answers(List.of(free), BEAMS).get(0).get(0).ids();
        assertThat(answers(List.of(free, forced), BEAMS).get(0).get(0).ids()).containsExactly(alone);
    }

    @Test
    void progressIsLostWhenAnotherTokenComesBetween() {
        ForcedWords words = new ForcedWords(List.of(new int[] {7, 8, 9}, new int[] {5}));
        assertThat(words.missing()).isEqualTo(4);
        assertThat(words.next()).containsExactly(7, 5);
        ForcedWords open = words.with(7).with(8);
        assertThat(open.missing()).isEqualTo(2);
        assertThat(open.next()).containsExactly(9);
        assertThat(open.with(3).missing()).isEqualTo(4);
        assertThat(open.with(5).missing()).isEqualTo(3);
        assertThat(open.with(9).with(5).missing()).isZero();
    }

    @Test
    void wordsThatCannotBeForcedAreRefusedWithTheReason() {
        refused(List.of(new int[] {7, 89}), BEAMS, "a token that ends the answer");
        refused(List.of(new int[25]), BEAMS, "have 25 tokens, but max_new_tokens is 24");
        refused(List.of(new int[0]), BEAMS, "one has no tokens");
        refused(List.of(new int[] {900}), BEAMS, "token 900");
        refused(List.of(new int[] {7}), GenerationSettings.defaults(), "need num_beams above 1");
    }

    private static void refused(List<int[]> words, GenerationSettings settings, String reason) {
        List<GenerationRequest> requests = List.of(new GenerationRequest(new int[] {1}, words));
        assertThatThrownBy(() -> generator.run(requests, settings, STOP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
