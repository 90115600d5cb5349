package org.bayling.corpus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bayling.config.DataConfig;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem.Parallel;
import org.bayling.corpus.source.SourceRecipe.MultiFormat;
import org.bayling.corpus.source.SourceRecipe.ParallelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    @TempDir
    private Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static List<SourceItem> read(SourceRecipe recipe, LanguageRegistry registry) throws IOException {
        List<SourceItem> items = new ArrayList<>();
        Sources.open(recipe, registry).read(items::add);
        return items;
    }

    private static List<Parallel> parallel(SourceRecipe recipe, LanguageRegistry registry) throws IOException {
        return read(recipe, registry).stream().map(item -> (Parallel) item).toList();
    }

    @Test
    void objectsMayNameTheirLanguagesInThreeWays() throws IOException {
        String path = file("a.jsonl", """
                {"src_lang":"deu_Latn","tgt_lang":"en","src":" eins ","tgt":"one"}
                {"translation":{"fr":"deux","zh-CN":"二"}}
                {"German":"drei","en":"three"}
                """);
        List<Parallel> items = parallel(
                new SourceRecipe.Parallel(
                        "p", "x", List.of(path), ParallelFormat.JSONL, List.of("German", "en"),
                        SourceItem.Kind.SENTENCE),
                REGISTRY);
        assertThat(items).extracting(Parallel::texts).containsExactly(
                new TreeMap<>(Map.of("de", "eins", "en", "one")),
                new TreeMap<>(Map.of("fr", "deux", "zh", "二")),
                new TreeMap<>(Map.of("de", "drei", "en", "three")));
        assertThat(items).extracting(Parallel::key).containsExactly("a.jsonl:1", "a.jsonl:2", "a.jsonl:3");
    }

    @Test
    void instructionKeepsItsTurnsUpToTheLastAnswer() throws IOException {
        String path = file("a.jsonl", "{\"conversations\":[{\"from\":\"system\",\"value\":\"s\"},"
                + "{\"from\":\"human\",\"value\":\"a\"},{\"from\":\"gpt\",\"value\":\"b\"},"
                + "{\"from\":\"human\",\"value\":\"c\"}],\"language\":\"zho_Hans\"}\n");
        List<SourceItem> items = read(
                new SourceRecipe.Instructions("i", "x", List.of(path), DataConfig.Format.SHAREGPT, Map.of(),
                        Optional.of("en"), Optional.empty()),
                REGISTRY);
        assertThat(items).containsExactly(new SourceItem.Instruction("i", "a.jsonl:1", "zh",
                List.of(new Turn("system", "s"), Turn.user("a"), Turn.assistant("b"))));
    }

    private static String declaration(String code, String tag, String iso3, String name, String sections) {
        return "{\"code\":\"" + code + "\",\"bcp47\":\"" + tag + "\",\"iso639_3\":\"" + iso3 + "\",\"name\":\"" + name
                + "\",\"sections\":{" + sections + "}}\n";
    }

    @Test
    void declarationsAlignWhereTheirParagraphsAgreeWithTheEnglishOnes() throws IOException {
        String path = file("d.jsonl", declaration("eng", "en", "eng", "English", "\"1\":[\"a\"],\"2\":[\"b\",\"c\"]")
                + declaration("deu_1901", "de-1901", "deu", "German (1901)", "\"1\":[\"old\"],\"2\":[\"old\",\"old\"]")
                + declaration("deu_1996", "de-1996", "deu", "German (1996)", "\"1\":[\"A\"],\"2\":[\"B\",\" \",\"C\"]")
                + declaration("068", "fr", "fra", "French (Welche)", "\"1\":[\"dialect\"],\"2\":[\"d\",\"d\"]")
                + declaration("fra", "fr", "fra", "French", "\"1\":[\"un\"],\"2\":[\"deux en un\"]")
                + declaration("016", "und", "und", "(Mijisa)", "\"1\":[\"x\"],\"2\":[\"x\",\"x\"]"));
        List<Parallel> items = parallel(declarations(path), REGISTRY);
        assertThat(items).extracting(Parallel::key).containsExactly("1/1", "2/1", "2/2", "2");
        assertThat(items).extracting(Parallel::texts).containsExactly(
                new TreeMap<>(Map.of("en", "a", "de", "A", "fr", "un")),
                new TreeMap<>(Map.of("en", "b", "de", "B")),
                new TreeMap<>(Map.of("en", "c", "de", "C")),
                new TreeMap<>(Map.of("en", "b\nc", "de", "B\nC", "fr", "deux en un")));
        assertThat(items.get(3).kind()).isEqualTo(SourceItem.Kind.DOCUMENT);
    }

    private static SourceRecipe declarations(String path) {
        return new SourceRecipe.MultiParallel("u", "x", List.of(path), MultiFormat.DECLARATIONS, Set.of());
    }

    @Test
    void languagesThatOnlyTheDeclarationsKnowAreAddedWithTheirNames() throws IOException {
        String path = file("d.jsonl", declaration("acu", "acu", "acu", "Achuar-Shiwiar", "\"1\":[\"a\"]")
                + declaration("quz", "qu", "quz", "Quechua, Cusco", "\"1\":[\"b\"]")
                + declaration("mly_arab", "zlm-Arab", "zlm", "Malay (Arabic)", "\"1\":[\"سموا\"]")
                + declaration("lav", "lv", "lvs", "Latvian", "\"1\":[\"d\"]")
                + declaration("013", "und", "und", "(Mijisa)", "\"1\":[\"x\"]"));
        LanguageRegistry registry = Sources.languages(List.of(declarations(path)), REGISTRY);
        assertThat(registry.require("acu").english()).isEqualTo("Achuar-Shiwiar");
        assertThat(registry.require("quz").english()).isEqualTo("Cusco Quechua");
        assertThat(registry.require("ms-Arab").script()).isEqualTo("Arab");
        assertThat(registry.all()).hasSize(REGISTRY.all().size() + 3);
        assertThat(parallel(declarations(path), registry).get(0).texts().keySet())
                .containsExactly("acu", "lv", "ms-Arab", "quz");
    }

    @Test
    void cldrGivesOneItemForEachThingInEveryLanguageThatCallsItSomething() throws IOException {
        SourceRecipe recipe = new SourceRecipe.Cldr(
                "c", "Unicode-3.0", Set.of(CldrItem.Category.MONTH, CldrItem.Category.NUMBER, CldrItem.Category.DATE),
                Set.of("en", "zh", "fr", "ur"), 12, 3);
        List<Parallel> items = parallel(recipe, REGISTRY);
        assertThat(items).hasSize(12 + 13 + 3);
        assertThat(items.get(0).texts())
                .isEqualTo(new TreeMap<>(Map.of("en", "January", "zh", "一月", "fr", "janvier", "ur", "جنوری")));
        Parallel twelve = items.get(24);
        assertThat(twelve.key()).isEqualTo("number/12");
        assertThat(twelve.texts()).isEqualTo(new TreeMap<>(Map.of("en", "twelve", "zh", "十二", "fr", "douze")));
        assertThat(items.subList(25, 28)).extracting(Parallel::key)
                .containsExactly("date/1950-01-01", "date/1983-05-02", "date/2016-08-31");
    }

    @Test
    void languagesWhoseDataAreCopiesOfTheEnglishOnesAreLeftOut() throws IOException {
        SourceRecipe recipe = new SourceRecipe.Cldr(
                "c", "x", Set.of(CldrItem.Category.CURRENCY), Set.of("en", "zh", "hi-Latn", "hi"), 0, 0);
        Set<String> tags = new TreeSet<>();
        parallel(recipe, REGISTRY).forEach(item -> tags.addAll(item.texts().keySet()));
        assertThat(tags).containsExactly("en", "hi", "zh");
    }

    @Test
    void everyReadingGivesTheSameItems() throws IOException {
        SourceRecipe recipe =
                new SourceRecipe.Cldr("c", "x", Set.of(CldrItem.Category.WEEKDAY), Set.of(), 0, 0);
        Source source = Sources.open(recipe, REGISTRY);
        List<SourceItem> first = new ArrayList<>();
        List<SourceItem> second = new ArrayList<>();
        source.read(first::add);
        source.read(second::add);
        assertThat(second).isEqualTo(first).hasSize(7);
        assertThat(source.id()).isEqualTo("c");
        assertThat(source.licence()).isEqualTo("x");
    }
}
