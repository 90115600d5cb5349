package org.bayling.tokenizer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
}
