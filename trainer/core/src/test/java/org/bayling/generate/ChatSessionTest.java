package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.Shared;
import org.bayling.checkpoint.GgufModel;
import org.bayling.model.ModelPrecision;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.GgufTokenizer;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.chat.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Text, streaming and conversations with the real model. */
class ChatSessionTest {
    private static final String QUESTION = "What is the capital of France?";
    private static final String ANSWER = "The capital of France is Paris.";
    private static final GenerationSettings GREEDY = GenerationSettings.defaults().withMaxNewTokens(24);
    private static Kernels kernels;
    private static TinyGeneration real;
    private static Tokenizer tokenizer;
    private static ChatRenderer renderer;
    private static Generator generator;
    private static StopRule stop;

    @BeforeAll
    static void open() throws IOException {
        Path model = Shared.path("models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf");
        kernels = Kernels.open(OptionalInt.empty());
        real = TinyGeneration.open(kernels, model, ModelPrecision.FP32, Optional.empty());
        tokenizer = GgufTokenizer.from(((GgufModel) real.files()).metadata());
        renderer = new ChatRenderer(tokenizer, ChatTemplate.parse(tokenizer.chatTemplate().orElseThrow()));
        generator = new Generator(kernels, real.model(), tokenizer);
        stop = StopRule.of(real.files(), tokenizer);
    }

    @AfterAll
    static void close() throws IOException {
        if (generator != null) {
            generator.close();
            tokenizer.close();
            real.close();
            kernels.close();
        }
    }

    private static ChatSession session(GenerationSettings settings) {
        return new ChatSession(generator, renderer, new Chat(List.of()), settings, stop);
    }

    @Test
    void aConversationStreamsItsAnswersAndComputesOnlyWhatIsNew() {
        StringBuilder shown = new StringBuilder();
        try (ChatSession chat = session(GREEDY)) {
            GenerationResult first = chat.say(QUESTION, (id, text) -> {
                shown.append(text);
                return true;
            });
            assertThat(first.text()).isEqualTo(ANSWER).isEqualTo(shown.toString());
            assertThat(first.stopReason()).isEqualTo(StopReason.STOP_TOKEN);
            assertThat(chat.messages()).containsExactly(Message.user(QUESTION), Message.assistant(ANSWER));

            GenerationResult second = chat.say("And of Italy?", TokenListener.NONE);
            assertThat(second.reusedTokens()).isEqualTo(first.promptTokens() + first.ids().length - 1);
            int[] whole = renderer.prompt(new Chat(chat.messages().subList(0, 3)));
            assertThat(second.ids())
                    .containsExactly(generator.generate(whole, GREEDY, stop, TokenListener.NONE).ids());

            chat.truncate(0);
            GenerationResult again = chat.say(QUESTION, TokenListener.NONE);
            assertThat(again.text()).isEqualTo(ANSWER);
            assertThat(again.reusedTokens()).isEqualTo(again.promptTokens() - 1);
        }
    }

    @Test
    void aStopStringThatCrossesTokensEndsTheTextBeforeIt() {
        StringBuilder shown = new StringBuilder();
        try (ChatSession chat = session(GREEDY.withStopStrings(List.of("ance is P")))) {
            GenerationResult result = chat.say(QUESTION, (id, text) -> {
                shown.append(text);
                return true;
            });
            assertThat(result.text()).isEqualTo("The capital of Fr").isEqualTo(shown.toString());
            assertThat(result.stopReason()).isEqualTo(StopReason.STOP_STRING);
        }
    }

    @Test
    void manyPromptsStopAtStringsTooWhetherGreedyOrWithBeamsAndHoldTheirWords() {
        int[] prompt = renderer.prompt(new Chat(List.of(Message.user(QUESTION))));
        GenerationRequest request = GenerationRequest.of(prompt);
        GenerationSettings stopping = GREEDY.withStopStrings(List.of("ance is P"));
        BeamSettings beams = BeamSettings.NONE.withNumBeams(3);
        try (BatchGenerator batch =
                new BatchGenerator(kernels, real.model(), Optional.of(tokenizer), Generator.DEFAULT_CACHE_BYTES)) {
            for (GenerationSettings settings : List.of(stopping, stopping.withBeams(beams))) {
                GenerationResult result =
                        batch.run(List.of(request, request), settings, stop).get(1);
                assertThat(result.text()).isEqualTo("The capital of Fr");
                assertThat(result.stopReason()).isEqualTo(StopReason.STOP_STRING);
            }
            List<String> words = List.of("river", "Seine", "塔");
            GenerationResult forced = batch.run(
                            List.of(request.withWords(tokenizer, words)), GREEDY.withBeams(beams), stop)
                    .get(0);
            assertThat(forced.text()).contains(words);
        }
    }

    @Test
    void theModelsOwnStopTokensAreFound() {
        assertThat(stop.tokens()).containsExactly(tokenizer.id("<|im_end|>").orElseThrow());
    }
}
