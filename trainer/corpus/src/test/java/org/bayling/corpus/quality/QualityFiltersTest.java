package org.bayling.corpus.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualityFiltersTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final List<QualityFilter> FILTERS = QualityFilters.of(QualityRecipe.defaults(), REGISTRY);
    private static final String ENGLISH = "The ferry to the northern island leaves every morning at seven.";
    private static final String GERMAN = "Die Fähre zur nördlichen Insel fährt jeden Morgen um sieben Uhr ab.";
    private static final String CHINESE = "开往北方岛屿的渡轮每天早上七点出发。";
    private static final String HINDI = "उत्तरी द्वीप के लिए नाव हर सुबह सात बजे निकलती है।";

    @Test
    void goodItemsOfEveryKindPass() {
        assertThat(judge(pair("de", GERMAN))).isEqualTo("keep");
        assertThat(judge(pair("zh", CHINESE))).isEqualTo("keep");
        assertThat(judge(pair("hi", HINDI))).isEqualTo("keep");
        assertThat(judge(instruction("zh", "写一段 Python 代码。", "print(\"Hello, world. This is a long line of code.\")")))
                .isEqualTo("keep");
        assertThat(judge(new SourceItem.Choice("c", "1", "de", GERMAN, List.of("Er kommt.", "Er geht."), 1)))
                .isEqualTo("keep");
        assertThat(judge(new SourceItem.Parallel(
                        "cldr", "FR", SourceItem.Kind.NAME, new TreeMap<>(Map.of("en", "Paris", "de", "Paris")))))
                .isEqualTo("keep");
    }

    @Test
    void emptySidesGo() {
        assertThat(judge(pair("de", " \u00A0\u200B\n"))).isEqualTo("empty-side de");
        assertThat(judge(instruction("en", "What is a ferry?", "\u3000"))).isEqualTo("empty-side ");
        assertThat(judge(new SourceItem.Instruction("i", "1", "en", List.of(Turn.user("Hello")))))
                .isEqualTo("empty-side ");
        assertThat(judge(new SourceItem.Choice("c", "1", "en", ENGLISH, List.of("a b", ""), 0)))
                .isEqualTo("empty-side ");
        assertThat(judge(new SourceItem.Choice("c", "1", "en", ENGLISH, List.of("a b", "c d"), 2)))
                .isEqualTo("empty-side ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Die F\uFFFDhre zur nördlichen Insel fährt jeden Morgen.",
                "Die Fähre zur\u0000 nördlichen Insel fährt jeden Morgen.",
                "Die Fähre zur\u0092 nördlichen Insel fährt jeden Morgen.",
                "Die Fähre zur \uD83D nördlichen Insel fährt jeden Morgen.",
                "Die Fähre zur \uDE00 nördlichen Insel fährt jeden Morgen.",
                "Die Fähre zur \uFFFE nördlichen Insel fährt jeden Morgen.",
                "Die FÃ¤hre zur nÃ¶rdlichen Insel fährt jeden Morgen.",
                "Die Fähre â€œNordâ€\u009D fährt jeden Morgen.",
                "Ð”Ð¾Ð±Ñ€Ð¾Ðµ утро, fährt jeden Morgen um sieben.",
                "Die Fähre 锟斤拷 zur nördlichen Insel fährt."
            })
    void damageOfEncodingsGoes(String text) {
        assertThat(judge(pair("de", text))).isEqualTo("damaged-text de");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Das „Schiff ist groß“ sagte er, „und der Fluß“ auch.",
                "Sie fuhren ins CAFÉ» und dann zum Hafen der Insel.",
                "Die Fähre 🚢👨‍👩‍👧 zur nördlichen Insel fährt jeden Morgen.",
                "Almmolaš áššiid birra, die Fähre fährt jeden Morgen."
            })
    void healthyTextThatLooksLikeDamageStays(String text) {
        assertThat(judge(pair("de", text))).isEqualTo("keep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b>Die</b> Fähre",
                "Die<br/> Fähre",
                "Die&nbsp;Fähre",
                "Die &#228; Fähre",
                "[[Fähre]]",
                "{{Fähre}}"
            })
    void leftoversOfMarkupGo(String start) {
        assertThat(judge(pair("de", start + " zur nördlichen Insel fährt jeden Morgen")))
                .isEqualTo("markup de");
        assertThat(judge(pair("de", "Die Fähre fährt, wenn a < b und c > d gilt, R&D; jeden Morgen")))
                .isEqualTo("keep");
    }

    @Test
    void lengthsAndRatiosAreBounded() {
        assertThat(judge(pair("de", "Ja."))).isEqualTo("length-ratio de");
        assertThat(judge(pair("zh", CHINESE.repeat(6)))).isEqualTo("length-ratio zh");
        assertThat(judge(pair("de", "3 + 4 = 7; 12,5 %; 1999-2004 (**) !!!"))).isEqualTo("text-length de");
        assertThat(judge(instruction("en", "Go on.", "word ".repeat(7000)))).isEqualTo("text-length ");
    }

    @Test
    void copiesOfThePivotGo() {
        assertThat(judge(pair("de", ENGLISH.toUpperCase(Locale.ROOT)))).isEqualTo("untranslated de");
        assertThat(judge(pair("de", ENGLISH.replace("seven", "sieben")))).isEqualTo("untranslated de");
        assertThat(judge(SharedTexts.pair("s", 1, "zh", CHINESE, "yue", CHINESE)))
                .isEqualTo("untranslated yue");
        assertThat(judge(SharedTexts.pair("s", 1, "zh", CHINESE, "yue", CHINESE + "嘅")))
                .as("other written Chinese is much the same")
                .isEqualTo("keep");
        assertThat(judge(SharedTexts.pair("s", 1, "zh", CHINESE, "ja", CHINESE)))
                .isEqualTo("untranslated ja");
    }

    @Test
    void textInAnotherScriptGoes() {
        assertThat(judge(pair("hi", "Uttari dvip ke liye nav har subah sat baje nikalti hai.")))
                .isEqualTo("script-mismatch hi");
        assertThat(judge(pair("sr-Latn", "Трајект за северно острво полази сваког јутра.")))
                .isEqualTo("script-mismatch sr-Latn");
        assertThat(judge(pair("sr", "Трајект за северно острво полази сваког јутра.")))
                .isEqualTo("keep");
    }

    @Test
    void textInAnotherLanguageGoesAndTheReasonSaysWhoDecided() {
        SourceItem swapped = SharedTexts.pair("s", 1, "en", GERMAN, "de", ENGLISH);
        assertThat(drop(swapped).reason()).startsWith("Lingua: en rather than de");
        SourceItem russian =
                pair("uk", "Паром на северный остров отправляется каждое утро в семь часов, и билеты есть.");
        assertThat(drop(russian).reason()).startsWith("Lingua: ru rather than uk");
        SourceItem english = instruction("my", "Where does the ferry to the island go?", ENGLISH);
        assertThat(drop(english).reason()).startsWith("script: 0 % of letters in the script of my");
    }

    @Test
    void swappedNewsIsFoundAndRealNewsStays() throws IOException {
        QualityFilter filter = new LanguageIdentification(24, 0.2, 0.3, REGISTRY);
        List<SourceItem> real = SharedTexts.news("cs").subList(0, 1500);
        long wrong =
                real.stream().filter(item -> filter.judge(item) != Verdict.KEEP).count();
        long found = real.stream()
                .filter(item -> filter.judge(swapped(item)) != Verdict.KEEP)
                .count();
        assertThat(wrong).isLessThanOrEqualTo(2);
        assertThat(found).isGreaterThanOrEqualTo(1450);
    }

    @Test
    void everyFilterCountsByLanguageWithExamples() {
        FilterReport report = new FilterReport(2);
        List<SourceItem> removed = new ArrayList<>();
        QualityGate gate = new QualityGate(FILTERS, report, (item, drop) -> removed.add(item));
        for (int i = 0; i < 7; i++) {
            gate.admit(SharedTexts.pair("a", i, "en", ENGLISH, "de", "<p>" + GERMAN));
        }
        gate.admit(SharedTexts.pair("b", 1, "en", ENGLISH, "hi", HINDI + "\uFFFD"));
        gate.admit(SharedTexts.pair("b", 2, "en", ENGLISH, "hi", HINDI));
        assertThat(report.rows()).extracting(FilterReport.Row::filter).containsExactly("damaged-text", "markup");
        assertThat(report.rows()).extracting(FilterReport.Row::language).containsExactly("hi", "de");
        assertThat(report.removed("markup", "de")).isEqualTo(7);
        assertThat(report.removed("markup")).isEqualTo(7);
        assertThat(report.rows().get(1).examples()).hasSize(2).allSatisfy(example -> {
            assertThat(example.source()).isEqualTo("a");
            assertThat(example.reason()).isEqualTo("markup <p>");
            assertThat(example.text()).startsWith("<p>Die Fähre");
        });
        assertThat(report.judged()).isEqualTo(Map.of("de", 7L, "hi", 2L));
        assertThat(removed).hasSize(8);
        assertThat(report.text()).contains("markup             de                 7");
    }

    @Test
    void reportsOfPartsMergeToTheReportOfTheWhole() {
        FilterReport whole = new FilterReport(3);
        List<FilterReport> parts = List.of(new FilterReport(3), new FilterReport(3), new FilterReport(3));
        Verdict.Drop drop = new Verdict.Drop("markup", "markup <p>", "de");
        for (int i = 0; i < 100; i++) {
            SourceItem item = SharedTexts.pair("a", i, "en", ENGLISH, "de", "text " + i);
            whole.judged(item);
            whole.removed(item, drop);
            parts.get(i % 3).judged(item);
            parts.get(i % 3).removed(item, drop);
        }
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 0, 1))) {
            FilterReport merged = new FilterReport(3);
            order.forEach(part -> merged.merge(parts.get(part)));
            assertThat(merged.rows()).isEqualTo(whole.rows());
            assertThat(merged.judged()).isEqualTo(whole.judged());
        }
    }

    @Test
    void itemInManyLanguagesLosesOnlyTheSidesAtFault() {
        FilterReport report = new FilterReport(1);
        QualityGate gate = new QualityGate(FILTERS, report);
        SourceItem item = new SourceItem.Parallel(
                "m",
                "1",
                SourceItem.Kind.SENTENCE,
                new TreeMap<>(Map.of("en", ENGLISH, "de", GERMAN, "hi", "", "zh", CHINESE + "\uFFFD")));
        SourceItem.Parallel rest = (SourceItem.Parallel) gate.admit(item).orElseThrow();
        assertThat(rest.texts()).containsOnlyKeys("en", "de");
        assertThat(report.removed("empty-side", "hi")).isEqualTo(1);
        assertThat(report.removed("damaged-text", "zh")).isEqualTo(1);
        assertThat(gate.admit(SharedTexts.pair("m", 2, "en", ENGLISH, "de", "")))
                .isEmpty();
    }

    @Test
    void recipeOverridesByKeyAndRefusesWhatItDoesNotKnow() {
        QualityRecipe recipe = QualityRecipe.defaults()
                .with(Map.of("skip", List.of("markup"), "max_length_ratio", 2.5, "examples", 9));
        assertThat(recipe.skip()).isEqualTo(Set.of("markup"));
        assertThat(recipe.maxLengthRatio()).isEqualTo(2.5);
        assertThat(recipe.examples()).isEqualTo(9);
        assertThat(recipe.nearJaccard()).isEqualTo(QualityRecipe.defaults().nearJaccard());
        assertThat(QualityFilters.of(recipe, REGISTRY))
                .extracting(QualityFilter::name)
                .doesNotContain("markup");
        assertRefused(Map.of("max_length_ration", 2), "did you mean max_length_ratio?");
        assertRefused(Map.of("near_jaccard", 0.1), "near_jaccard: 0.1 is not between 0.5 and 1");
        assertRefused(Map.of("examples", 1.5), "examples: 1.5 is no whole number");
        assertRefused(Map.of("examples", "many"), "examples: expected a number, found \"many\"");
        assertRefused(Map.of("skip", List.of("mark")), "skip: \"mark\" is none of");
    }

    private static void assertRefused(Map<String, ?> values, String message) {
        assertThatThrownBy(() -> QualityRecipe.defaults().with(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static SourceItem pair(String language, String text) {
        return SharedTexts.pair("s", 1, "en", ENGLISH, language, text);
    }

    private static SourceItem instruction(String language, String asked, String answered) {
        return new SourceItem.Instruction("i", "1", language, List.of(Turn.user(asked), Turn.assistant(answered)));
    }

    private static SourceItem swapped(SourceItem item) {
        Map<String, String> texts = ((SourceItem.Parallel) item).texts();
        return SharedTexts.pair("s", 1, "en", texts.get("cs"), "cs", texts.get("en"));
    }

    private static Verdict.Drop drop(SourceItem item) {
        return FILTERS.stream()
                .map(filter -> filter.judge(item))
                .filter(verdict -> verdict instanceof Verdict.Drop)
                .map(verdict -> (Verdict.Drop) verdict)
                .findFirst()
                .orElseThrow(() -> new AssertionError("kept: " + item));
    }

    /** "keep", or the filter that drops and the side at fault. */
    private static String judge(SourceItem item) {
        for (QualityFilter filter : FILTERS) {
            if (filter.judge(item) instanceof Verdict.Drop drop) {
                return drop.filter() + " " + drop.side();
            }
        }
        return "keep";
    }
}
