package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bayling.config.DataConfig.Format;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatTemplates;
import org.bayling.tokenizer.chat.Masking;
import org.bayling.tokenizer.chat.TrainOnEos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatSampleEncoderTest {
    private static Path shared;
    private static Tokenizer tokenizer;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        shared = Path.of(System.getProperty(
                "bayling.shared", System.getenv().getOrDefault("BAYLING_SHARED", "../shared")));
        Path directory = shared.resolve("models/tokenizers/llama-3");
        Assumptions.assumeTrue(Files.isDirectory(directory), "no tokenizer at " + directory);
        tokenizer = Tokenizer.load(directory);
    }

    @AfterAll
    static void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }

    private static ChatSampleEncoder encoder(String template) {
        return new ChatSampleEncoder(tokenizer, ChatTemplates.builtIn(template), Masking.assistantOnly(), Map.of());
    }

    private static Sample sample(Format format, String row) throws BadRowException {
        return new SampleFormat(DataSettings.dataset(format, "d")).read(JsonRows.parse(row.replace('\'', '"')));
    }

    @Test
    void theAnswerAndItsStopTokenAreTrainedAndItsBytesCounted() throws BadRowException {
        ChatSampleEncoder encoder = encoder("llama3");
        String answer = "नमस्ते, 世界 🙂";

        EncodedSample encoded =
                encoder.encode(sample(Format.ALPACA, "{'instruction':'Greet.','output':'" + answer + "'}"));

        List<Integer> trained = new ArrayList<>();
        for (int t = 0; t < encoded.length(); t++) {
            if (encoded.trained()[t]) {
                trained.add(encoded.ids()[t]);
            }
        }
        assertThat(tokenizer.decode(trained.stream().mapToInt(id -> id).toArray(), false)).isEqualTo(answer + "<|eot_id|>");
        assertThat(encoder.trainedBytes(encoded)).isEqualTo(answer.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void theSameDialogueInFourFormatsGivesEqualIds() throws BadRowException {
        ChatSampleEncoder encoder = encoder("llama3");
        List<Sample> samples = List.of(
                sample(Format.ALPACA, "{'instruction':'Hi?','output':'Ho.'}"),
                sample(Format.SHAREGPT, "{'conversations':[{'from':'human','value':'Hi?'},{'from':'gpt','value':'Ho.'}]}"),
                sample(Format.MESSAGES,
                        "{'messages':[{'role':'user','content':'Hi?'},{'role':'assistant','content':'Ho.'}]}"),
                sample(Format.PROMPT_COMPLETION, "{'prompt':'Hi?','completion':'Ho.'}"));
        EncodedSample first = encoder.encode(samples.get(0));
        for (Sample each : samples) {
            assertThat(encoder.encode(each).ids()).isEqualTo(first.ids());
            assertThat(encoder.encode(each).trained()).isEqualTo(first.trained());
        }
    }

    @Test
    void alpacaTemplateTellsInstructionAndInputApart() throws BadRowException {
        Sample sample = sample(Format.ALPACA, "{'instruction':'Translate.','input':'ja','output':'yes'}");

        String text = tokenizer.decode(encoder("alpaca").encode(sample).ids(), false);

        assertThat(text).contains("### Instruction:\nTranslate.\n\n### Input:\nja\n\n### Response:yes");
    }

    @Test
    void templateThatRefusesTheConversationMakesABadRow() throws BadRowException {
        Sample sample = sample(
                Format.MESSAGES, "{'messages':[{'role':'tool','content':'3'},{'role':'assistant','content':'Ho.'}]}");

        assertThatThrownBy(() -> encoder("alpaca").encode(sample))
                .isInstanceOfSatisfying(
                        BadRowException.class, bad -> assertThat(bad.reason()).isEqualTo(BadRow.Reason.NOT_RENDERED))
                .hasMessageContaining("tool");
    }

    @Test
    void fingerprintChangesWithTemplateMaskingAndVariables() {
        Masking last = new Masking(false, true, Set.of("assistant"), TrainOnEos.TURN, true);
        Set<String> fingerprints = new HashSet<>(List.of(
                encoder("llama3").fingerprint(),
                encoder("alpaca").fingerprint(),
                new ChatSampleEncoder(tokenizer, ChatTemplates.builtIn("llama3"), last, Map.of()).fingerprint(),
                new ChatSampleEncoder(
                                tokenizer, ChatTemplates.builtIn("llama3"), Masking.assistantOnly(),
                                Map.of("date_string", "26 Jul 2024"))
                        .fingerprint()));

        assertThat(fingerprints).hasSize(4);
        assertThat(encoder("llama3").fingerprint()).isIn(fingerprints);
    }

    @Test
    void realInstructionsAreTokenizedAndEachTrainsSomething() throws Exception {
        Path instructions = shared.resolve("data/instructions/alpaca_zh_demo.json.gz");
        Assumptions.assumeTrue(Files.isRegularFile(instructions), "no instructions at " + instructions);
        DataSettings settings = DataSettings.of(DataSettings.atMost(DataSettings.alpaca("zh", instructions), 200))
                .maxBadRows(20);
        try (TrainingData data = TrainingData.open(settings.config(), DataSettings.batches(4, 2), 1, encoder("llama3"),
                        folder, 2, ReadProgress.NONE);
                BatchStream train = data.train()) {
            for (long step = 0; step < train.stepsPerEpoch(); step++) {
                for (Batch batch : train.step(step)) {
                    assertThat(batch.trainedBytes()).doesNotContain(0);
                    assertThat(batch.trainedTokens()).isGreaterThanOrEqualTo(batch.documents());
                }
            }
            assertThat(data.report().total().used()).isEqualTo(200);
        }
    }
}
