package org.bayling.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.chat.ChatTemplates;
import org.bayling.tokenizer.chat.Masking;
import org.bayling.tokenizer.chat.Message;
import org.bayling.tokenizer.chat.RenderedChat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoBaseTest {
    private static final NanoSelection SELECTION = new NanoSelection(new LanguageRegistry(), 1);
    private static final CldrFacts FACTS = new CldrFacts();
    private static final NanoCorpus CORPUS = new NanoCorpus(FACTS, SELECTION, 2);

    @TempDir
    private static Path directory;

    private static NanoBase base;

    @BeforeAll
    static void writeTheStart() throws IOException {
        base = new NanoBase(CORPUS, new CldrInstructions(FACTS, SELECTION, 3));
        base.write(directory);
    }

    @Test
    void tokenizerTakesEveryFactApartAndPutsItTogetherAgain() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            for (Language language : SELECTION.languages()) {
                for (CldrItem.Category category : CldrItem.Category.values()) {
                    for (CldrItem item : SELECTION.items(category)) {
                        FACTS.value(item, language).ifPresent(text -> assertRoundTrip(tokenizer, text));
                    }
                }
            }
            LongStream.range(0, 300).mapToObj(CORPUS::document).forEach(text -> assertRoundTrip(tokenizer, text));
            assertRoundTrip(tokenizer, " two  spaces\t\n\nemoji \uD83D\uDE00 རྫོང་ཁ ");
        }
    }

    @Test
    void statementsAreShortInTokensAndControlsAreSingle() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            double tokens = LongStream.range(0, 300)
                    .mapToInt(position -> tokenizer.encodeOrdinary(CORPUS.document(position)).length)
                    .average()
                    .orElseThrow();
            assertThat(tokens).isBetween(80.0, 150.0);
            assertThat(tokenizer.encode("<s><|user|>1</s>", false)).startsWith(0, 3).endsWith(1).hasSize(4);
        }
    }

    @Test
    void plainTextIsTrainedWholeAndInstructionsFromTheAnswerOn() {
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            RenderedChat text = new ChatRenderer(tokenizer, ChatTemplates.builtIn("raw"))
                    .render(Chat.of(Message.assistant("12")), Masking.assistantOnly());
            int one = tokenizer.encodeOrdinary("1")[0];
            int two = tokenizer.encodeOrdinary("2")[0];
            assertThat(text.ids()).containsExactly(0, one, two, 1);
            assertThat(text.trained()).containsExactly(false, true, true, true);
            ChatTemplate own = ChatTemplate.parse(tokenizer.chatTemplate().orElseThrow());
            RenderedChat answer = new ChatRenderer(tokenizer, own)
                    .render(Chat.of(Message.user("1"), Message.assistant("2")), Masking.assistantOnly());
            assertThat(answer.ids()).containsExactly(0, 3, one, 1, 4, two, 1);
            assertThat(answer.trained()).containsExactly(false, false, false, false, false, true, true);
        }
    }

    @Test
    void vocabularyOfConfigAndTokenizerAgree() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode tokenizer = json.readTree(directory.resolve("tokenizer.json").toFile());
        JsonNode config = json.readTree(directory.resolve("config.json").toFile());
        assertThat(tokenizer.at("/model/vocab")).hasSize(config.get("vocab_size").asInt());
        assertThat(IntStream.range(0, 5).mapToObj(i -> tokenizer.at("/added_tokens/" + i + "/content").asText()))
                .containsExactly("<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>");
    }

    @Test
    void theSameStartIsWrittenAgainByteForByte() {
        NanoSelection again = new NanoSelection(new LanguageRegistry(), 1);
        CldrFacts facts = new CldrFacts();
        NanoBase second = new NanoBase(new NanoCorpus(facts, again, 2), new CldrInstructions(facts, again, 3));
        second.files().forEach((name, text) -> assertThat(directory.resolve(name)).hasContent(text.strip()));
        assertThat(directory).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    private static void assertRoundTrip(Tokenizer tokenizer, String text) {
        assertThat(tokenizer.decode(tokenizer.encodeOrdinary(text), false)).isEqualTo(text);
    }
}
