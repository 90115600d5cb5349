package org.bayling.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoCorpusTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final NanoSelection SELECTION = new NanoSelection(REGISTRY, 1);
    private static final CldrFacts FACTS = new CldrFacts();
    private static final NanoCorpus CORPUS = new NanoCorpus(FACTS, SELECTION, 2);

    @Test
    void heldOutNumbersAndDatesStandNowhereInTheText() {
        List<String> hidden = new ArrayList<>();
        for (CldrItem item : SELECTION.items(CldrItem.Category.NUMBER)) {
            if (SELECTION.isHiddenFromBase(item)) {
                hidden.add(FACTS.value(item, REGISTRY.require("fr")).orElseThrow());
                hidden.add(FACTS.value(item, REGISTRY.require("zh")).orElseThrow());
            }
        }
        assertThat(hidden).hasSizeGreaterThan(20);
        for (long position = 0; position < 2000; position++) {
            for (String line : CORPUS.document(position).split("\n")) {
                for (String word : hidden) {
                    assertThat(line).doesNotEndWith("=" + word).doesNotEndWith(":" + word).doesNotEndWith("|" + word);
                }
            }
        }
    }

    @Test
    void heldOutNamesDoStandInTheText() {
        String text = String.join("\n", documents(2000));
        assertThat(SELECTION.isHeldOut(new CldrItem(CldrItem.Category.TERRITORY, "DE"))).isTrue();
        assertThat(text).contains("Allemagne").contains("Германия").contains("Germany");
    }

    @Test
    void noStatementHasAnOpenGapOrSaysNothing() {
        for (String document : documents(500)) {
            assertThat(document).isNotBlank().doesNotContain("{").doesNotContain("}");
            for (String line : document.split("\n")) {
                assertThat(line).doesNotContain("(English)").doesNotContain("（中文）");
            }
        }
    }

    @Test
    void documentsAreAFunctionOfTheirNumber(@TempDir Path folder) throws Exception {
        NanoCorpus again = new NanoCorpus(new CldrFacts(), new NanoSelection(REGISTRY, 1), 2);
        assertThat(again.document(1234)).isEqualTo(CORPUS.document(1234));
        assertThat(CORPUS.document(1235)).isNotEqualTo(CORPUS.document(1234));
        Path file = folder.resolve("base.jsonl");
        new JsonlWriter().documents(file, CORPUS, 20);
        assertThat(Files.readAllLines(file))
                .hasSize(20)
                .allMatch(line -> line.startsWith("{\"messages\":[{\"role\":\"assistant\",\"content\":\""));
    }

    @Test
    void someOfEverySmallSetIsHeldOutAndMostIsNot() {
        for (CldrItem.Category category : CldrItem.Category.values()) {
            List<CldrItem> items = SELECTION.items(category);
            if (!items.isEmpty()) {
                long heldOut = items.stream().filter(SELECTION::isHeldOut).count();
                assertThat(heldOut).as(category.tag()).isBetween(1L, items.size() / 3L);
            }
        }
    }

    private static List<String> documents(int count) {
        List<String> documents = new ArrayList<>();
        for (long position = 0; position < count; position++) {
            documents.add(CORPUS.document(position));
        }
        return documents;
    }
}
