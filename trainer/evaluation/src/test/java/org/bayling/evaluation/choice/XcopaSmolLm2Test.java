package org.bayling.evaluation.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.bayling.evaluation.SmolLm2;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.observe.TaskProgress;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real model and real questions: rows that many questions share, in fp32, against each option by itself in fp64,
 * computed from its logits by transformers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class XcopaSmolLm2Test {
    private static final double TOLERANCE = 1e-4;

    /** ln p of both options of the first question of each language, in the order of the languages' codes. */
    private static final double[] EXACT = {
        -71.455983984022, -60.06991807212472, -92.19597329683674, -74.1651162850471,
        -48.72189600352058, -87.50332685165647, -58.076216633986434, -63.41257355538378,
        -75.30385528342009, -57.051652566940774, -49.53231270310991, -85.51367364146387,
        -79.47669827447852, -103.71056885524494, -74.94535186030473, -64.60172922820273,
        -57.92815786280107, -49.45253653783495, -45.03100786817186, -45.160142065616554,
        -55.722742903266294, -61.0838264082647
    };

    /** ln p of the last two without a context. */
    private static final double[] UNCONDITIONAL = {-82.73812421425913, -102.37567166425205};

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
    void logLikelihoodsInElevenLanguagesEqualThoseFromLogits(@TempDir Path folder) throws IOException {
        List<ChoiceItem> items = xcopa(FewShot.NONE);
        assertThat(items).hasSize(11);
        List<ChoiceMetric> metrics = List.of(ChoiceMetric.ACC, ChoiceMetric.ACC_MUTUAL_INFO);
        List<ScoredItem> scored;
        try (ResultsFile results = ResultsFile.open(folder.resolve("kept.jsonl"), KeptLikelihoods.KIND, "0", "SmolLM2")) {
            scored = new ChoiceEvaluation(model.encoder(), new PlainPrompt(), metrics)
                    .run(items, new KeptLikelihoods(model.scorer(), results), TaskProgress.silent());
        }
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < EXACT.length; i++) {
            softly.assertThat(scored.get(i / 2).scores().conditional()[i % 2])
                    .as(items.get(i / 2).place())
                    .isCloseTo(EXACT[i], offset(TOLERANCE));
        }
        softly.assertThat(scored.get(10).scores().unconditional())
                .containsExactly(UNCONDITIONAL, offset(TOLERANCE));
        softly.assertAll();
    }

    @Test
    void aChatTemplateHoldsExamplesInOneMessageOrInMany() throws IOException {
        ChatRenderer renderer = new ChatRenderer(
                model.tokenizer(), ChatTemplate.parse(model.tokenizer().chatTemplate().orElseThrow()));
        ChoiceItem item = new ChoiceItem(
                "here",
                "en",
                java.util.Optional.empty(),
                "About law.",
                List.of(new ChoiceItem.Example("Q: one\nA:", "first")),
                List.of(ChoiceItem.Option.of("Q: two\nA:", "second"), ChoiceItem.Option.of("Q: two\nA:", "third")),
                0);
        ChatPrompt together = new ChatPrompt(renderer, false);
        assertThat(together.delimiter()).isEmpty();
        assertThat(together.context(item, item.options().get(0)))
                .isEqualTo("<|im_start|>system\nAbout law.<|im_end|>\n"
                        + "<|im_start|>user\nQ: one\nA: first\n\nQ: two\nA:<|im_end|>\n<|im_start|>assistant\n");
        assertThat(new ChatPrompt(renderer, true).context(item, item.options().get(0)))
                .isEqualTo("<|im_start|>system\nAbout law.<|im_end|>\n"
                        + "<|im_start|>user\nQ: one\nA:<|im_end|>\n<|im_start|>assistant\nfirst<|im_end|>\n"
                        + "<|im_start|>user\nQ: two\nA:<|im_end|>\n<|im_start|>assistant\n");
    }

    private List<ChoiceItem> xcopa(FewShot fewShot) throws IOException {
        return new ChoiceData(ChoiceTasks.named("xcopa").orElseThrow(), 1, fewShot)
                .read(List.of(SmolLm2.data("xcopa")), List.of(), List.of());
    }
}
