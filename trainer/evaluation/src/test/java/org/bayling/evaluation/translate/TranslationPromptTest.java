package org.bayling.evaluation.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bayling.evaluation.translate.SomeLanguages.CHINESE;
import static org.bayling.evaluation.translate.SomeLanguages.ENGLISH;
import static org.bayling.evaluation.translate.SomeLanguages.GERMAN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bayling.data.DataException;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.TokenizerConfig;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.training.BytePairTrainer;
import org.bayling.tokenizer.training.TokenizerJsonWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TranslationPromptTest {
    private static final Segment SENTENCE =
            new Segment("here:1", "A {tgt_lang} <|user|> $1 dog.", List.of("Ein Hund."));
    private static final Segment SHOWN = new Segment("there:1", "A cat.", List.of("Eine Katze."));

    private final Tokenizer tokenizer = tokenizer();

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private static Tokenizer tokenizer() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add("Provide the German translation for this sentence");
        String json = new TokenizerJsonWriter().text(trainer.train(List.of("<s>", "</s>", "<|user|>"), 280));
        String config = "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}";
        return Tokenizer.of(
                json.getBytes(StandardCharsets.UTF_8),
                TokenizerConfig.parse(config.getBytes(StandardCharsets.UTF_8), "config"));
    }

    private record Model(Tokenizer tokenizer, int maxLength) implements TranslatingModel {
        @Override
        public ChatRenderer renderer() {
            return new ChatRenderer(
                    tokenizer,
                    ChatTemplate.parse("{% for m in messages %}<|user|>{{ m.role[0] + ':' + m.content }}{% endfor %}"));
        }

        @Override
        public KeptAnswers answers() {
            throw new AssertionError("nothing is to be generated");
        }
    }

    private int[] encode(TranslationPrompt prompt, int maxLength, int maxNewTokens, List<Segment> examples)
            throws IOException {
        return new PromptEncoder(prompt, new Model(tokenizer, maxLength), maxNewTokens)
                .encode(ENGLISH, GERMAN, SENTENCE, examples);
    }

    @Test
    void baylingsPromptsAreThoseOfItsScripts() {
        assertThat(TranslationPrompt.BAYLING_EN.of(ENGLISH, CHINESE, "Hello."))
                .isEqualTo("Provide the Chinese translation for this sentence: Hello.");
        assertThat(TranslationPrompt.BAYLING_ZH.of(CHINESE, ENGLISH, "你好。")).isEqualTo("提供这句话的英语翻译：你好。");
        assertThat(TranslationPrompt.COMPLETION.of(ENGLISH, GERMAN, "Hello."))
                .isEqualTo("English sentence: Hello.\nGerman sentence:");
    }

    @Test
    void whatASentenceSpellsStaysTextAndBecomesNoControlToken() throws IOException {
        int control = tokenizer.id("<|user|>").getAsInt();
        int[] chat = encode(TranslationPrompt.BAYLING_EN, 1000, 10, List.of());
        assertThat(chat).containsOnlyOnce(control);
        assertThat(tokenizer.decode(chat, false))
                .isEqualTo("<|user|>u:Provide the German translation for this sentence: A {tgt_lang} <|user|> $1 dog.");
        int[] continued = encode(TranslationPrompt.COMPLETION, 1000, 10, List.of());
        assertThat(continued).doesNotContain(control);
        assertThat(tokenizer.decode(continued, false))
                .isEqualTo("English sentence: A {tgt_lang} <|user|> $1 dog.\nGerman sentence:");
    }

    @Test
    void examplesAreTurnsOfAChatOrStandInFrontOfAText() throws IOException {
        assertThat(tokenizer.decode(encode(TranslationPrompt.BAYLING_EN, 1000, 10, List.of(SHOWN)), false))
                .startsWith("<|user|>u:Provide the German translation for this sentence: A cat.<|user|>a:Eine Katze."
                        + "<|user|>u:Provide");
        assertThat(tokenizer.decode(encode(TranslationPrompt.COMPLETION, 1000, 10, List.of(SHOWN)), false))
                .startsWith("English sentence: A cat.\nGerman sentence:Eine Katze.\n\nEnglish sentence: A {");
    }

    @Test
    void aTextThatIsTooLongLosesItsBeginningAndAChatIsRefused() throws IOException {
        int[] whole = encode(TranslationPrompt.COMPLETION, 1000, 10, List.of(SHOWN));
        int[] cut = encode(TranslationPrompt.COMPLETION, 30, 10, List.of(SHOWN));
        assertThat(cut).containsExactly(Arrays.copyOfRange(whole, whole.length - 20, whole.length));
        assertThatThrownBy(() -> encode(TranslationPrompt.BAYLING_EN, 30, 10, List.of(SHOWN)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("here:1: the prompt has ")
                .hasMessageContaining("but the model reads 30; ask for fewer new tokens, or give fewer examples");
    }

    @Test
    void aPromptWithoutThePlaceOfTheSentenceIsRefused() {
        assertThatThrownBy(() -> TranslationPrompt.of("bayling-de", TranslationPrompt.Names.EN, true))
                .hasMessageContaining("'bayling-de' is none of bayling-en, bayling-zh, completion");
        assertThat(TranslationPrompt.of("{src} in {tgt_lang}?", TranslationPrompt.Names.ZH, true)
                        .of(GERMAN, ENGLISH, "Hund"))
                .isEqualTo("Hund in 英语?");
    }

    @Test
    void outputsAreCutToOneLineAsStated() {
        assertThat(new OutputCleaning(false).clean(" \n Ein\nHund.\r\nJa. \n")).isEqualTo("Ein Hund. Ja.");
        assertThat(new OutputCleaning(true).clean(" \n Ein \nHund.")).isEqualTo("Ein");
        assertThat(new OutputCleaning(true).clean("")).isEmpty();
    }
}
