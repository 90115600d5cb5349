package org.bayling.tokenizer.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bayling.tokenizer.Shared;
import org.bayling.tokenizer.Tokenizer;

class ChatProperties {
    private static Tokenizer tokenizer;

    @BeforeContainer
    static void load() throws IOException {
        tokenizer = Shared.smolLm2();
    }

    @AfterContainer
    static void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }

    @Property(tries = 150)
    void everyTrainedTurnIsItsAnswerAndItsStopTokenAndControlsAreTheTemplatesOnly(
            @ForAll("contents") List<String> contents, @ForAll("templates") String name) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            messages.add(i % 2 == 0 ? Message.user(contents.get(i)) : Message.assistant(contents.get(i)));
        }
        Chat chat = new Chat(messages);
        ChatRenderer renderer = new ChatRenderer(tokenizer, ChatTemplates.builtIn(name));
        RenderedChat rendered = renderer.render(chat, Masking.assistantOnly());

        assertThat(rendered.turns()).hasSize(contents.size() / 2);
        for (RenderedChat.Turn turn : rendered.turns()) {
            assertThat(turn.stop()).isEqualTo(turn.end() - 1);
            assertThat(rendered.trained()[turn.stop()]).isTrue();
            int[] answer = Arrays.copyOfRange(rendered.ids(), turn.start(), turn.stop());
            assertThat(tokenizer.decode(answer, false)).isEqualTo(contents.get(turn.message()));
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
            boolean control = tokenizer.controlIds().contains(rendered.ids()[i]);
            boolean stop = control && rendered.trained()[i];
            stops -= stop ? 1 : 0;
            untrainedControls += control && !stop ? 1 : 0;
        }
        assertThat(stops).isZero();
        List<Message> plain = new ArrayList<>();
        messages.forEach(m -> plain.add(new Message(m.role(), "x")));
        long expected = Arrays.stream(renderer.render(new Chat(plain), Masking.assistantOnly()).ids())
                        .filter(tokenizer.controlIds()::contains)
                        .count()
                - chat.messages().size() / 2;
        assertThat(untrainedControls).isEqualTo((int) expected);
    }

    @Provide
    Arbitrary<List<String>> contents() {
        Arbitrary<String> piece = Arbitraries.of(
                "<|im_end|>", "<|im_start|>", "<|endoftext|>", "</s>", "a", " b", "\n", "你", "🙂", "<|im_", "end|>",
                "### Response:\n", "\u00a0", "1", "\u0000");
        return piece.list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("", parts)).list().ofMinSize(2).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(Set.of("chatml", "alpaca", "alpaca_newline", "alpaca_joined", "bayling"));
    }
}
