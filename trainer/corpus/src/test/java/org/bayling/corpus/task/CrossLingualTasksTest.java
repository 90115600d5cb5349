package org.bayling.corpus.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.Pivot;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.sample.Group;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.bayling.corpus.source.SourceItem.Kind;
import org.bayling.corpus.source.SourceItem.Parallel;
import org.junit.jupiter.api.Test;

class CrossLingualTasksTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final CrossLingualTasks TASKS = CrossLingualTasks.of(REGISTRY);

    private static final Parallel SENTENCE = item("9", Kind.SENTENCE, Map.of(
            "en", "The river carries warm water to the coast.",
            "zh", "这条河把温暖的水带到海岸。",
            "de", "Der Fluss bringt warmes Wasser an die Küste.",
            "sw", "Mto huu hupeleka maji ya moto pwani.",
            "ja", "この川は温かい水を海岸に運ぶ。"));

    private static Parallel item(String key, Kind kind, Map<String, String> texts) {
        return new Parallel("mine", key, kind, new TreeMap<>(texts));
    }

    private static Set<String> directions(List<Assignment> all, String task) {
        return all.stream()
                .filter(assignment -> assignment.task().equals(task))
                .map(assignment -> assignment.direction() + "/" + assignment.pivot().tag())
                .collect(Collectors.toSet());
    }

    @Test
    void languagesAreTiedToBothPivotsBothWaysAndThePivotsToEachOther() {
        Parallel item = item("1", Kind.SENTENCE, Map.of("en", "warm water", "zh", "温暖的水", "de", "warmes Wasser"));
        assertThat(directions(TASKS.possible(item), Tasks.TRANSLATION)).containsExactlyInAnyOrder(
                "de-en/en", "en-de/en", "de-zh/zh", "zh-de/zh", "en-zh/en", "en-zh/zh", "zh-en/en", "zh-en/zh");
        assertThat(directions(TASKS.possible(item), Tasks.READING))
                .containsExactlyInAnyOrder("de-zh/en", "zh-de/en", "de-en/zh", "en-de/zh");
        assertThat(directions(TASKS.possible(item), Tasks.IDENTIFICATION))
                .containsExactlyInAnyOrder("de-en/en", "de-zh/zh", "en-zh/zh", "zh-en/en");
    }

    @Test
    void everythingPossibleCanBeMadeAndCarriesItsOrigin() {
        for (Assignment assignment : TASKS.possible(SENTENCE)) {
            CorpusSample sample = TASKS.make(SENTENCE, assignment, 5);
            assertThat(sample.group()).isEqualTo(Group.CROSS_LINGUAL);
            assertThat(sample.task()).isEqualTo(assignment.task());
            assertThat(sample.direction()).isEqualTo(assignment.direction());
            assertThat(sample.language()).isEqualTo(assignment.language());
            assertThat(sample.source()).isEqualTo("mine");
            assertThat(sample.item()).isEqualTo("9");
            assertThat(sample.template()).startsWith(assignment.task() + "-" + assignment.pivot().tag() + "-");
            assertThat(sample.messages()).allSatisfy(turn ->
                    assertThat(turn.content()).doesNotContain("{", "}").isNotBlank());
        }
    }

    @Test
    void makingIsAPureFunctionAndTheSeedDecidesTheFrame() {
        Assignment assignment = new Assignment(Tasks.TRANSLATION, "de", "en", Pivot.ENGLISH);
        Set<String> templates = new HashSet<>();
        for (long seed = 0; seed < 400; seed++) {
            CorpusSample sample = TASKS.make(SENTENCE, assignment, seed);
            assertThat(TASKS.make(SENTENCE, assignment, seed)).isEqualTo(sample);
            assertThat(last(sample)).isEqualTo(SENTENCE.texts().get("en"));
            templates.add(sample.template());
        }
        assertThat(templates).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void samplesOfTwoMakersAreTheSame() {
        CrossLingualTasks other = CrossLingualTasks.of(new LanguageRegistry());
        for (Assignment assignment : TASKS.possible(SENTENCE)) {
            assertThat(other.make(SENTENCE, assignment, 3)).isEqualTo(TASKS.make(SENTENCE, assignment, 3));
        }
        assertThat(other.possible(SENTENCE)).isEqualTo(TASKS.possible(SENTENCE));
    }

    @Test
    void constraintsAreNamedInTheQuestionAndMetByTheAnswer() {
        for (Assignment assignment : TASKS.possible(SENTENCE)) {
            if (!assignment.task().equals(Tasks.CONSTRAINED)) {
                continue;
            }
            for (long seed = 0; seed < 50; seed++) {
                CorpusSample sample = TASKS.make(SENTENCE, assignment, seed);
                String target = SENTENCE.texts().get(assignment.to());
                String question = sample.messages().get(0).content();
                assertThat(last(sample)).isEqualTo(target);
                List<Words.Word> candidates =
                        Words.candidates(target, REGISTRY.require(assignment.to()));
                List<String> asked = candidates.stream()
                        .map(Words.Word::text)
                        .filter(word -> question.contains("“" + word + "”"))
                        .toList();
                assertThat(asked).as(question).hasSizeBetween(2, 3).allMatch(target::contains);
            }
        }
    }

    @Test
    void interactiveTranslationIsPutRightByTheStatedWord() {
        for (long seed = 0; seed < 50; seed++) {
            Assignment assignment = new Assignment(Tasks.INTERACTIVE, "en", "de", Pivot.ENGLISH);
            CorpusSample sample = TASKS.make(SENTENCE, assignment, seed);
            assertThat(sample.messages()).extracting(Turn::role)
                    .containsExactly("user", "assistant", "user", "assistant");
            String right = SENTENCE.texts().get("de");
            assertThat(sample.messages().get(1).content()).isEqualTo(right);
            assertThat(last(sample)).isEqualTo(right);
            String correction = sample.messages().get(2).content();
            assertThat(correction).doesNotContain(right);
            List<String> asked = Words.candidates(right, REGISTRY.require("de")).stream()
                    .map(word -> Words.without(right, word))
                    .filter(correction::contains)
                    .toList();
            assertThat(asked).as(correction).hasSize(1);
        }
    }

    @Test
    void identificationAnswersWithTheRegistrysName() {
        Assignment english = new Assignment(Tasks.IDENTIFICATION, "sw", "en", Pivot.ENGLISH);
        Assignment chinese = new Assignment(Tasks.IDENTIFICATION, "sw", "zh", Pivot.CHINESE);
        assertThat(last(TASKS.make(SENTENCE, english, 1))).isEqualTo("Swahili");
        assertThat(last(TASKS.make(SENTENCE, chinese, 1))).isEqualTo("斯瓦希里语");
    }

    @Test
    void languagesWithoutAChineseNameAreCalledLanguagesInChinese() {
        Parallel item = item("7", Kind.SENTENCE, Map.of("kea", "Tudu algen ten direitu."));
        assertThat(LanguageRegistry.declared("kqn", "kqn", "Kaonde", "Latn").chinese()).isEqualTo("Kaonde语");
        assertThat(last(TASKS.make(item, new Assignment(Tasks.IDENTIFICATION, "kea", "zh", Pivot.CHINESE), 1)))
                .containsPattern("\\p{IsHan}");
    }

    @Test
    void questionNeverNamesTheLanguageThatIsToBeIdentified() {
        for (long seed = 0; seed < 200; seed++) {
            Assignment assignment = new Assignment(Tasks.IDENTIFICATION, "sw", "en", Pivot.ENGLISH);
            assertThat(TASKS.make(SENTENCE, assignment, seed).messages().get(0).content()).doesNotContain("Swahili");
        }
    }

    @Test
    void readingHasInstructionPassageAndAnswerInThreeLanguages() {
        CorpusSample sample =
                TASKS.make(SENTENCE, new Assignment(Tasks.READING, "sw", "zh", Pivot.ENGLISH), 2);
        assertThat(sample.messages().get(0).content()).contains(SENTENCE.texts().get("sw")).contains("Chinese");
        assertThat(last(sample)).isEqualTo(SENTENCE.texts().get("zh"));
    }

    @Test
    void wayThroughThePivotIsWrittenDown() {
        CorpusSample sample =
                TASKS.make(SENTENCE, new Assignment(Tasks.VIA_PIVOT, "de", "sw", Pivot.CHINESE), 2);
        assertThat(last(sample)).isEqualTo("中文：" + SENTENCE.texts().get("zh") + "\n斯瓦希里语："
                + SENTENCE.texts().get("sw"));
    }

    @Test
    void numbersAreDigitsInTheLanguageOfTheQuestion() {
        Parallel number = item("number/47", Kind.NUMBER, Map.of("en", "forty-seven", "fr", "quarante-sept"));
        CorpusSample into = TASKS.make(number, new Assignment(Tasks.DICTIONARY, "en", "fr", Pivot.ENGLISH), 1);
        CorpusSample out = TASKS.make(number, new Assignment(Tasks.DICTIONARY, "fr", "en", Pivot.ENGLISH), 1);
        assertThat(into.messages().get(0).content()).contains("47").contains("French");
        assertThat(last(into)).isEqualTo("quarante-sept");
        assertThat(out.messages().get(0).content()).contains("quarante-sept");
        assertThat(last(out)).isEqualTo("47");
        assertThat(into.template()).startsWith("dictionary-number-into-en-");
    }

    @Test
    void namesAreCalledWhatTheyAre() {
        Parallel name = item("territory/DE", Kind.NAME, Map.of("zh", "德国", "fr", "Allemagne"));
        CorpusSample sample = TASKS.make(name, new Assignment(Tasks.DICTIONARY, "fr", "zh", Pivot.CHINESE), 4);
        assertThat(sample.messages().get(0).content()).contains("Allemagne").contains("法语").contains("国家或地区");
        assertThat(last(sample)).isEqualTo("德国");
        Parallel term = item("glossary.tsv:3", Kind.NAME, Map.of("en", "bridge", "fr", "pont"));
        String asked = TASKS.make(term, new Assignment(Tasks.DICTIONARY, "en", "fr", Pivot.ENGLISH), 4)
                .messages().get(0).content();
        assertThat(asked).contains("term").contains("bridge");
    }

    @Test
    void choicesAreLetteredAndTheRightOneIsTheAnswer() {
        SourceItem.Choice choice =
                new SourceItem.Choice("c", "0", "it", "Piove.", "effect", List.of("Mi bagno.", "Leggo."), 0);
        Set<String> answers = new HashSet<>();
        for (Assignment assignment : TASKS.possible(choice)) {
            for (long seed = 0; seed < 60; seed++) {
                CorpusSample sample = TASKS.make(choice, assignment, seed);
                assertThat(sample.messages().get(0).content()).contains("Piove.", last(sample), "Leggo.");
                assertThat(last(sample)).endsWith(". Mi bagno.");
                answers.add(last(sample));
            }
        }
        assertThat(answers).containsExactlyInAnyOrder("A. Mi bagno.", "B. Mi bagno.");
        assertThat(TASKS.possible(choice)).extracting(Assignment::direction).containsOnly("it");
    }

    @Test
    void severalItemsMakeListsDocumentsAndConversations() {
        List<Parallel> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Map<String, String> texts = Map.of("en", "Line " + i + ".", "ja", "行" + i + "。", "fr", "x" + i);
            items.add(item("t:" + i, Kind.SENTENCE, texts));
        }
        assertThat(directions(TASKS.possibleOfSeveral(items), Tasks.CONTINUED))
                .containsExactlyInAnyOrder("en-fr/en", "fr-en/en", "en-ja/en", "ja-en/en");
        CorpusSample list = TASKS.makeList(items, new Assignment(Tasks.LIST, "en", "ja", Pivot.ENGLISH), 1);
        assertThat(last(list)).isEqualTo("1. 行0。\n2. 行1。\n3. 行2。");
        CorpusSample document = TASKS.makeList(items, new Assignment(Tasks.DOCUMENT, "en", "ja", Pivot.ENGLISH), 1);
        assertThat(document.messages().get(0).content()).contains("Line 0. Line 1. Line 2.");
        assertThat(last(document)).isEqualTo("行0。行1。行2。");
        CorpusSample turns = TASKS.makeList(items, new Assignment(Tasks.CONTINUED, "en", "fr", Pivot.ENGLISH), 1);
        assertThat(turns.messages()).hasSize(6);
        assertThat(last(turns)).isEqualTo("x2");
        assertThat(turns.item()).isEqualTo("t:0+2");
        assertThat(turns.messages().get(2).content().replace("Line 1.", "Line 2."))
                .as("the same words are not used twice")
                .isNotEqualTo(turns.messages().get(4).content());
    }

    @Test
    void whatTheItemLacksIsRefusedByName() {
        Assignment assignment = new Assignment(Tasks.TRANSLATION, "fr", "en", Pivot.ENGLISH);
        assertThatThrownBy(() -> TASKS.make(SENTENCE, assignment, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("item 9 of mine has no text in fr");
        Parallel unknown = item("3", Kind.SENTENCE, Map.of("en", "a", "xx", "b"));
        assertThatThrownBy(() -> TASKS.possible(unknown))
                .hasMessageContaining("\"xx\"")
                .hasMessageContaining("Sources.languages");
    }

    private static String last(CorpusSample sample) {
        return sample.messages().get(sample.messages().size() - 1).content();
    }
}
