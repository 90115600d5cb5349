package org.bayling.tokenizer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.TokenizerConfig;
import org.bayling.tokenizer.training.BytePairVocabulary.Merge;
import org.junit.jupiter.api.Test;

class BytePairTrainerTest {

    /** "we" occurs 8 times; of the pairs that occur 6 times, the space (byte 32) goes before "e" (byte 101). */
    @Test
    void mostFrequentPairIsMergedFirst() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add("low low low lower lower newest newest newest newest newest newest");
        BytePairVocabulary vocabulary = trainer.train(List.of("<s>"), 262);
        assertThat(vocabulary.merges())
                .startsWith(new Merge("w", "e"), new Merge("Ġ", "n"), new Merge("e", "we"))
                .hasSize(5);
        assertThat(vocabulary.size()).isEqualTo(262);
        assertThat(vocabulary.pieces()).hasSize(261).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsMergedAcrossWordsDigitsOrMarks() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add("ab1212:ab1212:ab1212");
        assertThat(trainer.train(List.of(), 300).merges()).containsExactly(new Merge("a", "b"));
    }

    @Test
    void piecesThatTwoPairsSpellGetOneId() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add("ab ab ab ab abc abc bc bc bc xbc xbc aabc aabc".replace(" ", "\n"));
        assertThat(trainer.train(List.of(), 400).pieces()).doesNotHaveDuplicates();
    }

    @Test
    void orderOfTextsDoesNotMatter() {
        BytePairTrainer one = new BytePairTrainer();
        one.add("Grüße aus Łódź");
        one.add("დიდი გამარჯობა გამარჯობა");
        BytePairTrainer other = new BytePairTrainer();
        other.add("დიდი გამარჯობა გამარჯობა");
        other.add("Grüße aus Łódź");
        TokenizerJsonWriter json = new TokenizerJsonWriter();
        assertThat(json.text(one.train(List.of("<s>"), 270))).isEqualTo(json.text(other.train(List.of("<s>"), 270)));
    }

    @Test
    void vocabularySmallerThanTheBytesIsRefused() {
        assertThatThrownBy(() -> new BytePairTrainer().train(List.of("<s>"), 256))
                .hasMessageContaining("at least 257 tokens, asked for 256");
    }

    @Test
    void noMergeSpellsAControlToken() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add("abab\nabab\nabab");
        BytePairVocabulary vocabulary = trainer.train(List.of("abab"), 400);
        assertThat(vocabulary.merges()).containsExactly(new Merge("a", "b"));
        assertThat(vocabulary.pieces()).doesNotContain("abab");
    }

    @Test
    void controlTokensThatCannotBeAreRefused() {
        BytePairTrainer trainer = new BytePairTrainer();
        assertThatThrownBy(() -> trainer.train(List.of("<s>", "<s>"), 300)).hasMessageContaining("'<s>' is named twice");
        assertThatThrownBy(() -> trainer.train(List.of("a"), 300)).hasMessageContaining("'a' is one of the 256 bytes");
        assertThatThrownBy(() -> trainer.train(List.of(""), 300)).hasMessageContaining("must not be empty");
    }

    /** On text that has many ties. */
    @Property(tries = 30)
    void mergesAreThoseOfANaiveCount(@ForAll @IntRange(min = 0, max = 100_000) int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            text.append("abc1".charAt(random.nextInt(4)));
        }
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add(text.toString());
        List<Merge> merges = trainer.train(List.of(), 256 + 12).merges();
        assertThat(merges).isEqualTo(NaiveBytePairs.merges(text.toString(), merges.size()));
    }

    @Test
    void rareWordsAreForgottenWhenMemoryIsFullAndFrequentOnesAreNot() {
        BytePairTrainer trainer = BytePairTrainer.ofUnicode(100_000);
        for (int i = 0; i < 5_000; i++) {
            trainer.add("often rare" + Integer.toString(i, 26).chars()
                    .mapToObj(c -> String.valueOf((char) ('a' + Character.digit(c, 26))))
                    .collect(Collectors.joining()));
        }
        assertThat(trainer.forgotten()).isBetween(3_000L, 5_000L);
        assertThat(trainer.train(List.of(), 300).pieces()).contains("often");
    }

    @Test
    void huggingFaceTokenizersEncodeAndDecodeWithIt() {
        BytePairTrainer trainer = BytePairTrainer.ofUnicode(1 << 20);
        String text = "ប្រជាជន និង សេរីភាព\u00a0\u3000 12 Grüße, 世界! ប្រជាជន និង សេរីភាព\n";
        trainer.add(text);
        BytePairVocabulary vocabulary = trainer.train(List.of("<s>", "</s>"), 320);
        byte[] config = new TokenizerConfigWriter("<s>", "</s>", Optional.of("</s>"))
                .text()
                .getBytes(StandardCharsets.UTF_8);
        byte[] json = new TokenizerJsonWriter().text(vocabulary).getBytes(StandardCharsets.UTF_8);
        try (Tokenizer tokenizer = Tokenizer.of(json, TokenizerConfig.parse(config, "tokenizer_config.json"))) {
            String other = text + "🙂 unseen \u0000 ≠";
            assertThat(tokenizer.decode(tokenizer.encodeOrdinary(other), false)).isEqualTo(other);
            assertThat(tokenizer.encodeOrdinary("ប្រជាជន")).hasSizeLessThan(5);
            assertThat(tokenizer.bosId()).hasValue(0);
            assertThat(tokenizer.encode("</s>", false)).containsExactly(1);
            assertThat(tokenizer.encodeOrdinary("</s>")).doesNotContain(1);
        }
    }
}
