package org.bayling.tokenizer.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.bayling.tokenizer.MalformedTextException;
import org.bayling.tokenizer.Shared;
import org.bayling.tokenizer.Tokenizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRendererTest {
    private static final Masking WHOLE = new Masking(false, false, Set.of(), TrainOnEos.TURN, false);

    private static Tokenizer smol;
    private static ChatRenderer smolChat;

    @BeforeAll
    static void load() throws IOException {
        smol = Shared.smolLm2();
        smolChat = new ChatRenderer(smol, ChatTemplate.parse(smol.chatTemplate().orElseThrow()));
    }

    @AfterAll
    static void close() {
        if (smol != null) {
            smol.close();
        }
    }

    @Test
    void realExamplesHaveTheReferenceIdsAndLabels() throws IOException {
        JsonNode examples = Shared.json("golden/smollm2/sft.json").path("examples");
        assertThat(examples).hasSize(6);
        for (JsonNode example : examples) {
            List<Message> messages = new ArrayList<>();
            example.path("messages").forEach(m -> messages.add(Json.message(m, messages.size())));
            RenderedChat rendered = smolChat.render(new Chat(messages), Masking.assistantOnly());
            assertThat(rendered.ids()).isEqualTo(Shared.ints(example.path("input_ids")));
            assertThat(labels(rendered)).isEqualTo(Shared.ints(example.path("labels")));
            assertThat(rendered.trainedTokens()).isEqualTo(example.path("trained_tokens").asInt());
        }
    }

    @Test
    void promptAndAnswerEncodedApartGiveTheSameIdsForRealInstructions() throws IOException {
        int checked = 0;
        for (String file : List.of("alpaca_en_demo", "alpaca_zh_demo")) {
            JsonNode rows;
            try (InputStream in = new GZIPInputStream(
                    Files.newInputStream(Shared.path("data/instructions/" + file + ".json.gz")))) {
                rows = Shared.JSON.readTree(in);
            }
            for (int i = 0; i < 256; i++) {
                JsonNode row = rows.get(i);
                String input = row.path("input").asText("");
                Message user = Message.instruction(row.path("instruction").asText(), input);
                Chat chat = Chat.of(user, Message.assistant(row.path("output").asText()));
                RenderedChat rendered = smolChat.render(chat, Masking.assistantOnly());
                String full = smolChat.text(chat, false).string();
                String prompt = smolChat.text(chat.first(1), true).string();
                int[] before = smol.encode(prompt, false);
                int[] after = smol.encode(full.substring(prompt.length(), full.length() - 1), false);
                int[] both = Arrays.copyOf(before, before.length + after.length);
                System.arraycopy(after, 0, both, before.length, after.length);
                assertThat(full).endsWith("\n");
                assertThat(rendered.ids()).isEqualTo(both);
                assertThat(rendered.trainedTokens()).isEqualTo(after.length);
                assertThat(rendered.trained()[before.length]).isTrue();
                checked++;
            }
        }
        assertThat(checked).isEqualTo(512);
    }

    @Test
    void trainingStartsWithExactlyThePromptThatInferenceSees() {
        Chat chat = Chat.of(
                Message.user("你好"), Message.assistant("您好！"), Message.user("Why?"), Message.assistant("So."));
        RenderedChat rendered = smolChat.render(chat, new Masking(
                false, true, Set.of("assistant"), TrainOnEos.TURN, true));
        int[] prompt = smolChat.prompt(chat.first(3));
        assertThat(Arrays.copyOf(rendered.ids(), prompt.length)).isEqualTo(prompt);
        assertThat(rendered.turns()).hasSize(1);
        assertThat(rendered.turns().get(0).start()).isEqualTo(prompt.length);
        assertThat(rendered.ids()[rendered.ids().length - 1]).isEqualTo(smol.eosId().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-2", "llama-3", "smollm2"})
    void idsOfWholeConversationsAreHuggingFacesForTheRenderedText(String name) throws IOException {
        try (Tokenizer tokenizer = Shared.named(name)) {
            for (ChatTemplate template : goldenTemplates()) {
                ChatRenderer renderer = new ChatRenderer(tokenizer, template);
                for (JsonNode c : Shared.json("golden/text/chat-templates.json")) {
                    String kind = c.path("chat").asText();
                    if (kind.equals("control") || kind.equals("bad-order")) {
                        continue;
                    }
                    List<Message> messages = new ArrayList<>();
                    c.path("messages").forEach(m -> messages.add(Json.message(m, messages.size())));
                    Chat chat = new Chat(messages);
                    int[] expected = tokenizer.encode(renderer.text(chat, false).string(), false);
                    assertThat(renderer.render(chat, WHOLE).ids()).as(kind).isEqualTo(expected);
                    assertThat(renderer.prompt(chat))
                            .isEqualTo(tokenizer.encode(renderer.text(chat, true).string(), false));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-2", "llama-3", "smollm2"})
    void controlStringsInContentNeverBecomeControlTokens(String name) throws IOException {
        try (Tokenizer tokenizer = Shared.named(name)) {
            StringBuilder all = new StringBuilder("x");
            tokenizer.controls().tokens().forEach(t -> all.append(t.content()).append(" y ").append(t.content()));
            ChatRenderer renderer = new ChatRenderer(tokenizer, ChatTemplates.builtIn("chatml"));
            Chat harmless = Chat.of(Message.user("x"), Message.assistant("y"));
            Chat hostile = Chat.of(Message.user(all.toString()), Message.assistant(all.toString()));
            RenderedChat rendered = renderer.render(hostile, Masking.assistantOnly());
            assertThat(controls(tokenizer, rendered.ids()))
                    .isEqualTo(controls(tokenizer, renderer.render(harmless, Masking.assistantOnly()).ids()));
            assertThat(tokenizer.decode(rendered.ids(), false))
                    .contains("user\n" + all)
                    .contains("assistant\n" + all);
        }
    }

    @Test
    void contentAndTemplateTogetherNeverSpellAControlToken() {
        ChatTemplate template = ChatTemplate.parse("{{ '<|im_' + messages[0].content }}{{ '|>' }}");
        int[] ids = new ChatRenderer(smol, template).prompt(Chat.of(Message.user("end")));
        assertThat(controls(smol, ids)).isEmpty();
        assertThat(smol.decode(ids, false)).isEqualTo("<|im_end|>");
    }

    @Test
    void answersOfLlama2StartWithOneSpacedWordAndEndWithTheTrainedStopToken() throws IOException {
        try (Tokenizer tokenizer = Shared.named("llama-2")) {
            ChatTemplate template = ChatTemplate.parse("{% for m in messages %}{% if m.role == 'user' %}"
                    + "{{ bos_token + '[INST] ' + m.content + ' [/INST]' }}{% else %}{{ ' ' + m.content + ' ' "
                    + "+ eos_token }}"
                    + "{% endif %}{% endfor %}");
            ChatRenderer renderer = new ChatRenderer(tokenizer, template);
            Chat chat = Chat.of(
                    Message.user("Hi"), Message.assistant("Hello there"), Message.user("And?"),
                    Message.assistant("Bye"));
            RenderedChat rendered = renderer.render(chat, Masking.assistantOnly());
            assertThat(rendered.ids())
                    .isEqualTo(tokenizer.encode(renderer.text(chat, false).string(), false));
            for (RenderedChat.Turn turn : rendered.turns()) {
                assertThat(tokenizer.token(rendered.ids()[turn.start()]).orElseThrow()).isIn("▁Hello", "▁By", "▁Bye");
                assertThat(rendered.ids()[turn.stop()]).isEqualTo(tokenizer.eosId().orElseThrow());
                assertThat(rendered.trained()[turn.stop()]).isTrue();
            }
            assertThat(rendered.ids()[0]).isEqualTo(tokenizer.bosId().orElseThrow());
            assertThat(rendered.ids()[1]).isNotEqualTo(tokenizer.bosId().orElseThrow());
        }
    }

    @Test
    void stopTokensAreTrainedAsAskedFor() {
        Chat chat = Chat.of(Message.user("a"), Message.assistant("b"), Message.user("c"), Message.assistant("d"));
        int eos = smol.eosId().orElseThrow();
        assertThat(trainedCount(chat, TrainOnEos.TURN, eos)).isEqualTo(2);
        assertThat(trainedCount(chat, TrainOnEos.LAST, eos)).isEqualTo(1);
        assertThat(trainedCount(chat, TrainOnEos.NONE, eos)).isZero();
        assertThat(trainedCount(chat, TrainOnEos.ALL, eos)).isEqualTo(4);
    }

    private static int trainedCount(Chat chat, TrainOnEos which, int id) {
        RenderedChat rendered =
                smolChat.render(chat, new Masking(false, false, Set.of("assistant"), which, true));
        int count = 0;
        for (int i = 0; i < rendered.ids().length; i++) {
            count += rendered.trained()[i] && rendered.ids()[i] == id ? 1 : 0;
        }
        return count;
    }

    @Test
    void aMessagesOwnFlagGoesBeforeItsRole() {
        Chat chat = Chat.of(
                Message.user("one").withTrain(true), Message.assistant("two").withTrain(false), Message.user("three"),
                Message.assistant("four"));
        RenderedChat rendered = smolChat.render(chat, Masking.assistantOnly());
        assertThat(trainedText(rendered)).isEqualTo("one<|im_end|>four<|im_end|>");
    }

    @Test
    void trainOnPromptTrainsEveryToken() {
        Chat chat = Chat.of(Message.user("one"), Message.assistant("two"));
        RenderedChat rendered =
                smolChat.render(chat, new Masking(true, false, Set.of("assistant"), TrainOnEos.TURN, true));
        assertThat(rendered.trainedTokens()).isEqualTo(rendered.ids().length);
    }

    @Test
    void generationBlocksDecideWhatIsTrained() {
        ChatTemplate template = ChatTemplate.parse("{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' }}"
                + "{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{{ '<|im_end|>' }}{% endgeneration %}"
                + "{% else %}{{ m.content + '<|im_end|>' }}{% endif %}{{ '\n' }}{% endfor %}");
        Chat chat = Chat.of(Message.user("a"), Message.assistant("b c"), Message.user("d"), Message.assistant("e"));
        RenderedChat rendered = new ChatRenderer(smol, template).render(chat, Masking.assistantOnly());
        assertThat(trainedText(rendered)).isEqualTo("b c<|im_end|>e<|im_end|>");
        assertThat(rendered.turns()).allMatch(turn -> turn.stop() >= 0);
    }

    @Test
    void aTemplateThatAlwaysAddsAGenerationPromptStillTrainsWholeTurns() throws IOException {
        try (Tokenizer tokenizer = Shared.named("llama-3")) {
            ChatRenderer renderer =
                    new ChatRenderer(tokenizer, ChatTemplate.parse(tokenizer.chatTemplate().orElseThrow()));
            Chat chat = Chat.of(Message.user("a"), Message.assistant("b"), Message.user("c"), Message.assistant("d"));
            RenderedChat rendered = renderer.render(chat, Masking.assistantOnly());
            StringBuilder text = new StringBuilder();
            for (RenderedChat.Turn turn : rendered.turns()) {
                text.append(tokenizer.decode(Arrays.copyOfRange(rendered.ids(), turn.start(), turn.end()), false));
            }
            assertThat(text).hasToString("b<|eot_id|>d<|eot_id|>");
            assertThat(rendered.ids()[rendered.ids().length - 1]).isEqualTo(128009);
        }
    }

    @Test
    void toolCallsBelongToTheTrainedAnswer() {
        ChatTemplate template = ChatTemplate.parse("{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' }}"
                + "{{ m.content or '' }}{% for call in m.tool_calls %}"
                + "{{ '<tool_call>' + call | tojson + '</tool_call>' }}"
                + "{% endfor %}{{ '<|im_end|>\n' }}{% endfor %}"
                + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}");
        Message call = new Message(
                "assistant", null, Map.of("tool_calls", List.of(Map.of("name", "f"))), Optional.empty());
        RenderedChat rendered = new ChatRenderer(smol, template)
                .render(Chat.of(Message.user("a"), call), Masking.assistantOnly());
        assertThat(trainedText(rendered)).isEqualTo("<tool_call>{\"name\": \"f\"}</tool_call><|im_end|>");
    }

    @Test
    void aTurnThatTheTemplateDropsIsNamed() {
        ChatTemplate template = ChatTemplate.parse("{{ messages[0].content }}");
        ChatRenderer renderer = new ChatRenderer(smol, template);
        Chat chat = Chat.of(Message.user("a"), Message.user("c"), new Message("tool", "b").withTrain(true));
        assertThatThrownBy(() -> renderer.render(chat, Masking.assistantOnly()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("messages[2] (role tool)");
    }

    @Test
    void loneSurrogatesInMessagesAreRefusedWithTheirPlace() {
        Chat chat = Chat.of(Message.user("ok"), Message.assistant("ab\ud83dc"));
        assertThatThrownBy(() -> smolChat.render(chat, Masking.assistantOnly()))
                .isInstanceOf(MalformedTextException.class)
                .hasMessageContaining("messages[1].content: ")
                .hasMessageContaining("index 2");
    }

    private static List<ChatTemplate> goldenTemplates() throws IOException {
        List<ChatTemplate> templates = new ArrayList<>();
        List<String> names =
                List.of("llama-2-chat", "mistral-instruct", "chatml", "vicuna", "zephyr", "llama-3-instruct");
        for (String name : names) {
            templates.add(
                    ChatTemplate.parse(Files.readString(Shared.path("golden/text/templates/" + name + ".jinja"))));
        }
        return templates;
    }

    private static int[] labels(RenderedChat rendered) {
        int[] labels = new int[rendered.ids().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rendered.trained()[i] ? rendered.ids()[i] : -100;
        }
        return labels;
    }

    private static String trainedText(RenderedChat rendered) {
        int[] ids = Arrays.stream(labels(rendered)).filter(id -> id != -100).toArray();
        return smol.decode(ids, false);
    }

    private static List<Integer> controls(Tokenizer tokenizer, int[] ids) {
        return Arrays.stream(ids).filter(tokenizer.controlIds()::contains).boxed().toList();
    }
}
