package org.bayling.corpus.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.Pivot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FramesTest {
    private static final Frames FRAMES = new Frames();

    /** What a frame of a pool must say; it may say more. */
    private static final Map<String, Set<Gap>> NEEDED = Map.of(
            Tasks.TRANSLATION, Set.of(Gap.TARGET, Gap.TEXT),
            Tasks.LIST, Set.of(Gap.TARGET, Gap.TEXT),
            Tasks.DOCUMENT, Set.of(Gap.TARGET, Gap.TEXT),
            Tasks.CONSTRAINED, Set.of(Gap.TARGET, Gap.TEXT, Gap.WORDS),
            Tasks.INTERACTIVE, Set.of(Gap.WORD, Gap.DRAFT),
            Tasks.CONTINUED, Set.of(Gap.TEXT),
            Tasks.VIA_PIVOT, Set.of(Gap.VIA, Gap.TARGET, Gap.TEXT),
            Tasks.IDENTIFICATION, Set.of(Gap.TEXT),
            Tasks.READING, Set.of(Gap.TARGET, Gap.TEXT),
            Tasks.CHOICE, Set.of(Gap.TEXT, Gap.QUESTION, Gap.OPTIONS));

    static Stream<Arguments> pools() {
        return Stream.concat(Frames.POOLS.stream(), Frames.DICTIONARY_POOLS.stream())
                .flatMap(pool -> Stream.of(Pivot.values()).map(pivot -> Arguments.of(pool, pivot)));
    }

    private static Set<Gap> needed(String pool) {
        if (!Frames.DICTIONARY_POOLS.contains(pool)) {
            return NEEDED.get(pool);
        }
        Set<Gap> gaps = EnumSet.of(Gap.TEXT, pool.endsWith("-into") ? Gap.TARGET : Gap.SOURCE);
        if (pool.contains("name")) {
            gaps.add(Gap.KIND);
        }
        return gaps;
    }

    @ParameterizedTest
    @MethodSource("pools")
    void everyPoolHasThirtyDifferentFramesWithTheGapsTheTaskNeeds(String pool, Pivot pivot) {
        List<Frame> frames = FRAMES.of(pool, pivot);
        boolean part = Frames.DICTIONARY_POOLS.contains(pool);
        assertThat(frames).hasSizeGreaterThanOrEqualTo(part ? 10 : 30);
        Set<String> different = new HashSet<>();
        for (Frame frame : frames) {
            assertThat(frame.gaps()).as(frame.id()).containsAll(needed(pool));
            // Different in words, not only in spaces and marks.
            assertThat(different.add(filled(frame).replaceAll("[\\s\\p{P}]+", " ").strip().toLowerCase()))
                    .as(frame.id() + " stands twice")
                    .isTrue();
        }
        assertThat(frames).extracting(Frame::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("pools")
    void noFrameLeavesAPlaceholderOrGivesSomethingTwice(String pool, Pivot pivot) {
        for (Frame frame : FRAMES.of(pool, pivot)) {
            String text = filled(frame);
            assertThat(text).as(frame.id()).doesNotContain("{", "}").doesNotEndWith(" ").isEqualTo(text.strip());
            for (Gap gap : List.of(Gap.TEXT, Gap.WORDS, Gap.DRAFT, Gap.QUESTION, Gap.OPTIONS)) {
                assertThat(text.split(gap.name(), -1).length).as(frame.id() + " " + gap).isLessThanOrEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void frameIsInItsPivotsLanguageWithItsPunctuation(String pool, Pivot pivot) {
        for (Frame frame : FRAMES.of(pool, pivot)) {
            String text = filled(frame);
            if (pivot == Pivot.ENGLISH) {
                assertThat(text).as(frame.id()).doesNotContainPattern("\\p{IsHan}|[，。？：；！（）]");
                // "a English", "an Dutch": no article stands before a language's name.
                assertThat(text).as(frame.id()).doesNotContainPattern("\\b[Aa]n? (SOURCE|TARGET|VIA)\\b");
                assertThat(text).as(frame.id()).doesNotContain("  ", " ,", " .", " ?");
            } else {
                // The choice frame without words of its own is the same in all languages.
                assertThat(text).as(frame.id()).containsPattern("\\p{IsHan}|QUESTION");
                assertThat(text).as(frame.id()).doesNotContainPattern("[,?:;!](?!\\n)|(?<=\\p{IsHan})[.]| ");
            }
        }
    }

    @Test
    void dictionaryHasThirtyFramesForNamesAndTwentyForNumbersAndDatesInEachPivot() {
        for (Pivot pivot : Pivot.values()) {
            for (String kind : List.of("name", "number", "date")) {
                int frames = FRAMES.of("dictionary-" + kind + "-into", pivot).size()
                        + FRAMES.of("dictionary-" + kind + "-out", pivot).size();
                assertThat(frames).as(kind + " " + pivot).isGreaterThanOrEqualTo(kind.equals("name") ? 30 : 20);
            }
        }
    }

    @Test
    void questionsOfChoicesAskForCausesFirstAndEffectsSecond() {
        for (Pivot pivot : Pivot.values()) {
            List<Frame> questions = FRAMES.of(Frames.CHOICE_QUESTIONS, pivot);
            assertThat(questions).hasSize(8);
            String causes = questions.subList(0, 4).stream().map(FramesTest::filled).toList().toString();
            assertThat(causes).doesNotContainPattern("result|effect|lead to|followed|结果|导致|接着");
        }
    }

    /** A frame reads as well with "English" and "Odia" as with "Dutch". */
    @Test
    void languageNamesNeedNoArticleAndNoOtherForm() {
        for (Language language : new LanguageRegistry().all()) {
            assertThat(language.english()).as(language.tag()).isNotBlank().doesNotContain("{", "\n", ", ");
            assertThat(language.chinese()).as(language.tag()).isNotBlank().doesNotContain("{", "\n");
        }
    }

    @Test
    void valuesAreTakenAsTheyAreAndMissingOnesRefused() {
        Frame frame = Frame.parse("x-1", "To {target}: {text}!");
        assertThat(frame.fill(Map.of(Gap.TARGET, "German", Gap.TEXT, "a {source} $1 \\n")))
                .isEqualTo("To German: a {source} $1 \\n!");
        assertThatThrownBy(() -> frame.fill(Map.of(Gap.TEXT, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x-1")
                .hasMessageContaining("{target}");
        assertThatThrownBy(() -> Frame.parse("x-2", "{nothing}")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String filled(Frame frame) {
        Map<Gap, String> gaps = new EnumMap<>(Gap.class);
        for (Gap gap : Gap.values()) {
            gaps.put(gap, gap.name());
        }
        return frame.fill(gaps);
    }
}
