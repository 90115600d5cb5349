package org.bayling.evaluation.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bayling.evaluation.SmolLm2;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests that share rows and documents on a real model, and how texts become requests with a real tokenizer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogLikelihoodSmolLm2Test {
    private static final double TOLERANCE = 1e-4;

    private SmolLm2 model;

    @BeforeAll
    void load() throws IOException {
        model = SmolLm2.open();
    }

    @AfterAll
    void close() throws IOException {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void lettersAfterOneQuestionShareItsForwardPass() throws IOException {
        List<LikelihoodRequest> letters = new ArrayList<>();
        for (String letter : List.of(" A", " B", " C", " D")) {
            letters.add(model.encoder().encode("here", "Two and two is\nA. 3\nB. 4\nC. 5\nD. 6\nAnswer:", letter));
        }
        assertThat(letters).allSatisfy(request -> assertThat(request.input()).isEqualTo(letters.get(0).input()));
        double[] together = model.scorer().score(letters);
        for (int i = 0; i < letters.size(); i++) {
            double[] alone = model.scorer().score(letters.subList(i, i + 1));
            assertThat(together[i]).isCloseTo(alone[0], offset(TOLERANCE));
        }
        assertThat(Arrays.stream(together).distinct()).hasSize(4);
    }

    @Test
    void requestsThatDoNotFitARowGiveWhatTheyGiveAlone() throws IOException {
        List<LikelihoodRequest> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(model.encoder().encode("here", "word and word ".repeat(150) + i + ",", " and so on"));
        }
        double[] together = model.scorer().score(requests);
        for (int i = 0; i < together.length; i++) {
            double[] alone = model.scorer().score(requests.subList(i, i + 1));
            assertThat(together[i]).isCloseTo(alone[0], offset(TOLERANCE));
        }
    }

    @Test
    void whiteSpaceAtTheContextsEndGoesToTheContinuation() throws IOException {
        Tokenizer tokenizer = model.tokenizer();
        LikelihoodRequest request = model.encoder().encode("here", "The sky is ", "blue");
        assertThat(tokenizer.decode(request.targets(), false)).isEqualTo(" blue");
        assertThat(request.targets())
                .isEqualTo(model.encoder().encode("here", "The sky is", " blue").targets());
    }

    @Test
    void anEmptyContextIsTheBosToken() throws IOException {
        LikelihoodRequest request = model.encoder().encode("here", "", " blue sky");
        assertThat(request.input()[0]).isEqualTo(model.tokenizer().bosId().orElseThrow());
        assertThat(model.tokenizer().decode(request.targets(), false)).isEqualTo(" blue sky");
    }
}
