package org.bayling.corpus.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();

    @Test
    void wordsStandBetweenSpacesWithoutTheirPunctuation() {
        assertThat(texts("“Brücken”, sagte er, (verbinden) z.B. Menschen: Brücken!", "de"))
                .containsExactly("Brücken", "sagte", "verbinden", "Menschen");
    }

    @Test
    void marksBelongToTheirWord() {
        assertThat(texts("पानी बाँटेर लामो", "ne")).contains("बाँटेर");
    }

    @Test
    void chineseJapaneseAndThaiWordsAreFoundByDictionary() {
        assertThat(texts("人人有权享有生命、自由和人身安全。", "zh")).contains("自由", "安全", "生命");
        assertThat(texts("ทุกคนมีสิทธิ", "th")).contains("สิทธิ");
        assertThat(texts("すべての人間は", "ja")).isNotEmpty().allMatch("すべての人間は"::contains);
    }

    @Test
    void scriptsWithoutSpacesAndDictionaryGiveNone() {
        assertThat(texts("འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་", "bo")).isEmpty();
    }

    @Test
    void droppedWordTakesOneSpaceWithIt() {
        Language german = REGISTRY.require("de");
        String text = "Alle Menschen sind frei.";
        Words.Word word = Words.candidates(text, german).get(1);
        assertThat(word.text()).isEqualTo("Menschen");
        assertThat(Words.without(text, word)).isEqualTo("Alle sind frei.");
        assertThat(Words.without("frei", new Words.Word("frei", 0))).isEmpty();
        assertThat(Words.without("Ich bin frei.", new Words.Word("frei", 8))).isEqualTo("Ich bin.");
        assertThat(Words.without("(frei) da", new Words.Word("frei", 1))).isEqualTo("() da");
    }

    @Property(tries = 300)
    void candidatesStandWhereTheySay(
            @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(max = 3) int which, @ForAll long draw) {
        Language language = REGISTRY.require(List.of("en", "zh", "th", "ar").get(which));
        List<Words.Word> candidates = Words.candidates(text, language);
        assertThat(candidates).allSatisfy(word ->
                assertThat(text.substring(word.start(), word.end())).isEqualTo(word.text()));
        assertThat(candidates).extracting(Words.Word::text).doesNotHaveDuplicates();
        List<Words.Word> drawn = Words.drawn(candidates, 3, draw);
        assertThat(candidates).containsAll(drawn);
        assertThat(drawn).hasSize(Math.min(3, candidates.size())).doesNotHaveDuplicates();
    }

    private static List<String> texts(String text, String tag) {
        return Words.candidates(text, REGISTRY.require(tag)).stream().map(Words.Word::text).toList();
    }
}
