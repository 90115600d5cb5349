package org.bayling.evaluation.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.evaluation.fewshot.FewShot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of each layout as prompts, choices and the right one. */
class ChoiceTasksTest {
    @TempDir
    private Path folder;

    @Test
    void xcopaJoinsPremiseAndChoiceByACauseOrAnEffect() throws IOException {
        ChoiceItem cause = one("xcopa", "zh", """
                {"premise":" 女人退休了。 ","choice1":"她领了。","choice2":"还清了。","question":"cause","label":1}""");
        assertThat(contexts(cause)).containsOnly("女人退休了 因为");
        assertThat(choices(cause)).containsExactly("她领了。", "还清了。");
        assertThat(cause.gold()).isEqualTo(1);
        ChoiceItem effect = one("xcopa", "tr", """
                {"premise":"Adam açtı.","choice1":"İyi oldu.","choice2":"Su aktı.","question":"effect","label":0}""");
        assertThat(contexts(effect)).containsOnly("Adam açtı bu yüzden");
        assertThat(choices(effect)).containsExactly("i̇yi oldu.", "su aktı.");
    }

    @Test
    void belebeleListsItsAnswersByLetters() throws IOException {
        ChoiceItem item = one("belebele", "deu_Latn", """
                {"flores_passage":"Ein Text.","question":" Was? ","mc_answer1":"a","mc_answer2":"b","mc_answer3":"c",
                "mc_answer4":"d","correct_answer_num":"3"}""");
        assertThat(contexts(item)).containsOnly("P: Ein Text.\nQ: Was?\nA: a\nB: b\nC: c\nD: d\nAnswer:");
        assertThat(choices(item)).containsExactly("A", "B", "C", "D");
        assertThat(item.gold()).isEqualTo(2);
        assertThat(item.language()).isEqualTo("deu_Latn");
    }

    @Test
    void mmluBeginsWithItsSubjectInAllThreeLayouts() throws IOException {
        String prompt = "The following are multiple choice questions (with answers) about world history.\n\n"
                + "Who?\nA. w\nB. x\nC. y\nD. z\nAnswer:";
        ChoiceItem hub = one("mmlu", "en", """
                {"question":"Who? ","subject":"world_history","choices":["w","x","y","z"],"answer":3}""");
        ChoiceItem global = one("global_mmlu", "sw", """
                {"question":"Who?","subject":"world_history","option_a":"w","option_b":"x","option_c":"y",
                "option_d":"z","answer":"D"}""");
        ChoiceItem okapi = one("m_mmlu", "vi", """
                {"instruction":"Who?","option_a":"w","option_b":"x","option_c":"y","option_d":"z","answer":"D"}""");
        assertThat(contexts(hub)).containsOnly(prompt);
        assertThat(contexts(global)).containsOnly(prompt);
        assertThat(contexts(okapi)).containsOnly("Who?\nA. w\nB. x\nC. y\nD. z\nAnswer:");
        assertThat(List.of(hub.gold(), global.gold(), okapi.gold())).containsOnly(3);
        assertThat(global.subject()).contains("world_history");
    }

    @Test
    void arcIsReadFromAi2TheHubAndTranslations() throws IOException {
        ChoiceItem original = one("arc", "en", """
                {"question":{"stem":"Why?","choices":[{"text":"so","label":"1"},{"text":"thus","label":"2"}]},
                "answerKey":"2"}""");
        ChoiceItem hub = one("arc", "en", """
                {"question":"Why?","choices":{"text":["so","thus"],"label":["A","B"]},"answerKey":"B"}""");
        ChoiceItem okapi = one("arc", "de", """
                {"instruction":"Why?","option_a":"so","option_b":"","option_c":"thus","option_d":null,"answer":"C"}""");
        for (ChoiceItem item : List.of(original, hub, okapi)) {
            assertThat(contexts(item)).containsOnly("Question: Why?\nAnswer:");
            assertThat(choices(item)).containsExactly("so", "thus");
            assertThat(item.gold()).isEqualTo(1);
        }
    }

    @Test
    void hellaswagIsCleanedOfItsMarks() throws IOException {
        ChoiceItem item = one("hellaswag", "en", """
                {"activity_label":"Roof","ctx_a":"A man [title] works [step].","ctx_b":"THEN he","endings":
                [" rests [substeps] now"," sings","runs","hops"],"label":"2"}""");
        assertThat(contexts(item)).containsOnly("Roof: A man. works . Then he");
        assertThat(choices(item)).containsExactly("rests now", "sings", "runs", "hops");
        assertThat(item.gold()).isEqualTo(2);
    }

    @Test
    void xstoryclozeJoinsFourSentences() throws IOException {
        ChoiceItem item = one("xstorycloze", "ru", """
                {"input_sentence_1":"A.","input_sentence_2":"B.","input_sentence_3":"C.","input_sentence_4":"D.",
                "sentence_quiz1":"E.","sentence_quiz2":"F.","answer_right_ending":2}""");
        assertThat(contexts(item)).containsOnly("A. B. C. D.");
        assertThat(choices(item)).containsExactly("E.", "F.");
        assertThat(item.gold()).isEqualTo(1);
    }

    @Test
    void xnliHasNoContext() throws IOException {
        ChoiceItem item = one("xnli", "zh", """
                {"premise":"下雨","hypothesis":"湿","label":2}""");
        assertThat(contexts(item)).containsOnly("");
        assertThat(choices(item)).containsExactly("下雨, 正确? 是的, 湿", "下雨, 正确? 所以, 湿", "下雨, 正确? 不是的, 湿");
        assertThat(item.gold()).isEqualTo(2);
    }

    @Test
    void xwinogradPutsItsOptionsIntoTheContext() throws IOException {
        ChoiceItem item = one("xwinograd", "en", """
                {"sentence":"The cup fell on the box, so _ broke at once.","option1":"the cup","option2":"the box",
                "answer":"1"}""");
        assertThat(contexts(item))
                .containsExactly("The cup fell on the box, so the cup", "The cup fell on the box, so the box");
        assertThat(item.options()).allSatisfy(
                option -> assertThat(option.continuation()).isEqualTo("broke at once."));
        assertThat(item.gold()).isZero();
    }

    @Test
    void rowsOfOnesOwnTellTheirLanguage() throws IOException {
        ChoiceItem item = one("multiple_choice", "any", """
                {"language":"fr","question":"Deux et deux ?","choices":["trois","quatre"],"answer":1}""");
        assertThat(item.language()).isEqualTo("fr");
        assertThat(contexts(item)).containsOnly("Deux et deux ?");
        assertThat(item.gold()).isEqualTo(1);
    }

    @Test
    void numbersOfParquetFilesAreLong() throws IOException {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("label", 1L);
        assertThat(new ChoiceFields("here", row).index("label", 0, 2)).isEqualTo(1);
        row.put("label", 1L << 40);
        assertThatThrownBy(() -> new ChoiceFields("here", row).index("label", 0, 2))
                .hasMessageContaining("here: field 'label' must be a whole number, is 1099511627776");
    }

    private ChoiceItem one(String task, String language, String row) throws IOException {
        Path file = folder.resolve("test." + language + ".jsonl");
        Files.writeString(file, row.replace("\n", " ") + "\n");
        ChoiceData data = new ChoiceData(ChoiceTasks.named(task).orElseThrow(), 10, FewShot.NONE);
        return data.read(List.of(file), List.of(), List.of()).get(0);
    }

    private static List<String> contexts(ChoiceItem item) {
        return item.options().stream()
                .map(option -> new PlainPrompt().context(item, option))
                .toList();
    }

    private static List<String> choices(ChoiceItem item) {
        return item.options().stream().map(ChoiceItem.Option::choice).toList();
    }
}
