package org.bayling.evaluation.perplexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bayling.evaluation.SmolLm2;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole declaration in windows of 200 tokens, against the functions of lm-evaluation-harness around transformers in
 * fp64.
 */
class PerplexitySmolLm2Test {
    private static final double LOG_LIKELIHOOD = -4128.857033773272;

    @Test
    void aDocumentOfManyWindowsHasThePerplexityOfTheHarness(@TempDir Path folder) throws IOException {
        TextDocuments sections = new TextDocuments("sections", "bcp47", false, 1);
        List<TextDocument> documents = sections.read(List.of(SmolLm2.data("udhr/declarations.jsonl.gz")), List.of("en"));
        try (SmolLm2 model = SmolLm2.open();
                ResultsFile results = ResultsFile.open(folder.resolve("kept"), KeptLikelihoods.KIND, "0", "SmolLM2")) {
            KeptLikelihoods likelihoods = new KeptLikelihoods(model.scorer(), results);
            Perplexity perplexity = new PerplexityEvaluation(model.encoder(200))
                    .run(documents, likelihoods, TaskProgress.silent())
                    .get(0)
                    .perplexity();
            assertThat(results.size()).isEqualTo(8); // windows
            assertThat(perplexity.words()).isEqualTo(1351);
            assertThat(perplexity.bytes()).isEqualTo(8275);
            assertThat(perplexity.logLikelihood()).isCloseTo(LOG_LIKELIHOOD, within(1e-3));
            assertThat(perplexity.perWord()).isCloseTo(21.245578511656934, offset(1e-5));
            assertThat(perplexity.perByte()).isCloseTo(1.6470001343734078, offset(1e-6));
            assertThat(perplexity.bitsPerByte()).isCloseTo(0.7198406727690894, offset(1e-6));
        }
    }
}
