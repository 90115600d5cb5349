package org.bayling.tokenizer.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.bayling.tokenizer.GgufTokenizer;
import org.bayling.tokenizer.Tokenizer;

class ChatPropertiesTest {
    /** Every byte a token, and three control tokens: needs no file. */
    private static final Tokenizer TOKENIZER = byteTokenizer();

    private static Tokenizer byteTokenizer() {
        List<String> tokens = new ArrayList<>(List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"));
        int[] types = new int[259];
        Arrays.fill(types, 1);
        Arrays.fill(types, 0, 3, 3);
        int shifted = 256;
        for (int b = 0; b < 256; b++) {
            boolean shown = b >= 0x21 && b <= 0x7e || b >= 0xa1 && b <= 0xff && b != 0xad;
            tokens.add(Character.toString(shown ? b : shifted++));
        }
        return GgufTokenizer.from(Map.of(
                "tokenizer.ggml.model", "gpt2",
                "tokenizer.ggml.pre", "gpt-2",
                "tokenizer.ggml.tokens", tokens,
                "tokenizer.ggml.token_type", types,
                "tokenizer.ggml.merges", List.of(),
                "tokenizer.ggml.bos_token_id", 1,
                "tokenizer.ggml.eos_token_id", 2));
    }

    @AfterContainer
    static void close() {
        TOKENIZER.close();
    }

    @Property(tries = 150)
    void everyTrainedTurnIsItsAnswerAndItsStopTokenAndControlsAreTheTemplatesOnly(
            @ForAll("contents") List<String> contents, @ForAll("templates") String name) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            messages.add(i % 2 == 0 ? Message.user(contents.get(i)) : Message.assistant(contents.get(i)));
        }
        Chat chat = new Chat(messages);
        ChatRenderer renderer = new ChatRenderer(TOKENIZER, ChatTemplates.builtIn(name));
        RenderedChat rendered = renderer.render(chat, Masking.assistantOnly());

        assertThat(rendered.turns()).hasSize(contents.size() / 2);
        for (RenderedChat.Turn turn : rendered.turns()) {
            assertThat(turn.stop()).isEqualTo(turn.end() - 1);
            assertThat(rendered.trained()[turn.stop()]).isTrue();
            int[] answer = Arrays.copyOfRange(rendered.ids(), turn.start(), turn.stop());
            assertThat(TOKENIZER.decode(answer, false)).isEqualTo(contents.get(turn.message()));
            int[] prompt = renderer.prompt(chat.first(turn.message()));
            if (turn.message() == 1) {
                assertThat(Arrays.copyOf(rendered.ids(), turn.start())).isEqualTo(prompt);
            }
        }
        int stops = chat.messages().size() / 2;
        assertThat(rendered.trainedTokens())
                .isEqualTo(rendered.turns().stream().mapToInt(t -> t.end() - t.start()).sum())
                .isGreaterThanOrEqualTo(stops);
        int untrainedControls = 0;
        for (int i = 0; i < rendered.ids().length; i++) {
            boolean control = TOKENIZER.controlIds().contains(rendered.ids()[i]);
            boolean stop = control && rendered.trained()[i];
            stops -= stop ? 1 : 0;
            untrainedControls += control && !stop ? 1 : 0;
        }
        assertThat(stops).isZero();
        List<Message> plain = new ArrayList<>();
        messages.forEach(m -> plain.add(new Message(m.role(), "x")));
        long expected = Arrays.stream(renderer.render(new Chat(plain), Masking.assistantOnly()).ids())
                        .filter(TOKENIZER.controlIds()::contains)
                        .count()
                - chat.messages().size() / 2;
        assertThat(untrainedControls).isEqualTo((int) expected);
    }

    @Provide
    Arbitrary<List<String>> contents() {
        Arbitrary<String> piece = Arbitraries.of(
                "<|im_end|>", "<|im_start|>", "<|endoftext|>", "</s>", "a", " b", "\n", "你", "🙂", "<|im_", "end|>",
                "### Response:\n", "\u00a0", "1", "\u0000");
        Arbitrary<String> content = piece.list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("", parts));
        return content.list().ofMinSize(2).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(Set.of("chatml", "alpaca", "alpaca_newline", "alpaca_joined", "bayling"));
    }
}
