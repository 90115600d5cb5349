package org.bayling.corpus.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.bayling.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecontaminationTest {
    private static final QualityRecipe RECIPE = QualityRecipe.defaults();

    @TempDir
    private Path folder;

    @Test
    void everyPlantedSentenceOfXcopaGoesInElevenLanguages() throws IOException {
        Decontamination filter = Decontamination.of(
                List.of(new EvaluationSet("xcopa", SharedTexts.data("xcopa"), EvaluationSet.Format.XCOPA)), RECIPE);
        assertThat(filter.texts()).isEqualTo(3300);
        SharedTexts.xcopa().forEach((language, texts) -> texts.forEach(text -> assertPlantsGo(filter, language, text)));
    }

    @Test
    void everyPlantedSentenceOfFloresGoesIncludingKhmer() throws IOException {
        Decontamination filter = Decontamination.of(
                List.of(new EvaluationSet("flores", SharedTexts.data("flores-v1"), EvaluationSet.Format.FLORES)),
                RECIPE);
        assertThat(filter.texts()).isGreaterThan(21_900);
        for (SourceItem item : SharedTexts.flores()) {
            ((SourceItem.Parallel) item).texts().forEach((language, text) -> {
                if (!FoldedText.of(text).plain().isEmpty()) {
                    assertPlantsGo(filter, language, text);
                }
            });
        }
    }

    @Test
    void realTextThatWasNotPlantedStays() throws IOException {
        Decontamination filter = Decontamination.of(
                List.of(
                        new EvaluationSet("flores", SharedTexts.data("flores-v1"), EvaluationSet.Format.FLORES),
                        new EvaluationSet("xcopa", SharedTexts.data("xcopa"), EvaluationSet.Format.XCOPA)),
                RECIPE);
        List<SourceItem> real = new ArrayList<>(SharedTexts.news());
        real.addAll(SharedTexts.instructions());
        long removed =
                real.stream().filter(item -> filter.judge(item) != Verdict.KEEP).count();
        assertThat((double) removed / real.size()).isLessThanOrEqualTo(0.001);
    }

    @Test
    void quotationsAreFoundWhateverStandsAroundThem() throws IOException {
        Path file = write("zh.txt", "开往北方岛屿的渡轮每天早上七点出发，晚上九点才回来，请提前买票。\nShe left early.\nYes\n");
        Decontamination filter =
                Decontamination.of(List.of(new EvaluationSet("own", file, EvaluationSet.Format.LINES)), RECIPE);
        assertThat(filter.find("请翻译：“开往北方岛屿的渡轮每天早上七点出发，晚上九点”，谢谢")).hasValue("20 characters of own (zh.txt, line 1)");
        assertThat(filter.find("Translate into French: 开往北方岛屿的渡轮每天早上七点出发 晚上九点才回来。"))
                .isPresent();
        assertThat(filter.find("开往北方岛屿的渡轮每天早上七点")).isEmpty();
        assertThat(filter.find("Translate: SHE LEFT — early!")).isPresent();
        assertThat(filter.find("Ｔｒａｎｓｌａｔｅ: \"she left early\"")).hasValue("the whole text of own (zh.txt, line 2)");
        assertThat(filter.find("I heard she left early today")).isEmpty();
        assertThat(filter.find("yes!")).isPresent();
        assertThat(filter.find("Yes, he said")).isEmpty();
    }

    @Test
    void setsAreReadPlainGzipZstdAndAsJsonLines() throws IOException {
        Path set = Files.createDirectory(folder.resolve("set"));
        Files.write(
                set.resolve("deu.dev.zst"), Zstd.compress(bytes("Der Zug nach Norden hat heute leider Verspätung.\n")));
        Files.write(set.resolve("eng.dev"), bytes("The train to the north is late today.\n"));
        Path json = write(
                "mc.jsonl", "{\"question\": \"Why is the sky of Mars red?\", \"answers\": [\"Dust in the air.\"]}\n");
        Decontamination filter = Decontamination.of(
                List.of(
                        new EvaluationSet("trains", set, EvaluationSet.Format.FLORES),
                        new EvaluationSet("mc", json, EvaluationSet.Format.JSONL, List.of("question", "answers"))),
                RECIPE);
        assertThat(filter.texts()).isEqualTo(4);
        assertThat(filter.find("der zug nach norden hat heute leider verspätung"))
                .isPresent();
        assertThat(filter.find("The train to the north is late today")).isPresent();
        assertThat(filter.find("Why is the sky of Mars red")).hasValue("the whole text of mc (mc.jsonl, line 1)");
        assertThat(filter.find("Dust in the air")).isPresent();
    }

    @Test
    void whatCannotBeReadIsNamedWithFileAndLine() throws IOException {
        Path broken = write("mc.jsonl", "{\"question\": \"ok\"}\n{\"question\": \n");
        assertRefused(
                new EvaluationSet("mc", broken, EvaluationSet.Format.JSONL, List.of("question")), "line 2: not JSON");
        assertRefused(
                new EvaluationSet("mc", broken, EvaluationSet.Format.JSONL, List.of("text")),
                "line 1: no field \"text\"");
        Path latin = folder.resolve("latin.txt");
        Files.write(latin, "one\nF\u00e4hre\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(new EvaluationSet("l", latin, EvaluationSet.Format.LINES), "latin.txt");
        assertRefused(new EvaluationSet("l", latin, EvaluationSet.Format.LINES), "not UTF-8");
        assertRefused(
                new EvaluationSet("gone", folder.resolve("gone"), EvaluationSet.Format.LINES), "no file or folder");
        assertThatThrownBy(() -> new EvaluationSet("mc", broken, EvaluationSet.Format.JSONL))
                .hasMessageContaining("names of the fields");
    }

    private static void assertRefused(EvaluationSet set, String message) {
        assertThatThrownBy(() -> Decontamination.of(List.of(set), RECIPE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("evaluation set \"" + set.name() + "\"")
                .hasMessageContaining(message);
    }

    /** As a side of a pair, and in the middle of an instruction. */
    private static void assertPlantsGo(Decontamination filter, String language, String text) {
        SourceItem pair = new SourceItem.Parallel(
                "plant",
                "1",
                SourceItem.Kind.SENTENCE,
                new TreeMap<>(Map.of(language, text, "xx", "something else altogether")));
        assertThat(filter.judge(pair)).as(text).isInstanceOf(Verdict.Drop.class);
        boolean oneWord = FoldedText.of(text).size() < 2;
        SourceItem instruction = new SourceItem.Instruction(
                "plant",
                "2",
                language,
                List.of(Turn.user("Translate this sentence into English: " + text), Turn.assistant("I cannot say.")));
        assertThat(filter.judge(instruction) != Verdict.KEEP || oneWord)
                .as(text)
                .isTrue();
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
