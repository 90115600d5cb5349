package org.bayling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.Direction;
import org.bayling.corpus.Instruction;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.Pivot;
import org.junit.jupiter.api.Test;

class QuickstartResultTest {
    private static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final Language FRENCH = REGISTRY.require("fr");
    private static final Language THAI = REGISTRY.require("th");

    private static final List<Instruction> QUESTIONS =
            List.of(question("DE", "Allemagne", FRENCH), question("JP", "Japon", FRENCH), question("TH", "ไทย", THAI));

    private final QuickstartResult result = new QuickstartResult(
            List.of(FRENCH, THAI),
            new Examination(QUESTIONS, List.of("Jap", "", "x\ny")),
            new Examination(QUESTIONS, List.of("Allemagne", "Japan", "ไทย")));

    @Test
    void tableHasEveryLanguageEveryTaskAndTheWhole() {
        List<String> lines = result.table().lines();
        assertThat(lines).anyMatch(line -> line.matches("French +2 +0\\.0% +50\\.0% .*"));
        assertThat(lines).anyMatch(line -> line.matches("Thai +1 +0\\.0% +100\\.0% .*"));
        assertThat(lines).anyMatch(line -> line.matches("territory +3 .*"));
        assertThat(lines.get(lines.size() - 1)).matches("all +3 +0\\.0% +66\\.7% .*");
        assertThat(result.summary()).contains("0.0% -> 66.7%").contains("3 questions in 2 languages");
    }

    @Test
    void examplesShowRightAnswersFirstAndTheRightAnswerBesideWrongOnes() {
        List<String> examples = result.examples(3);
        assertThat(examples).hasSize(3);
        assertThat(examples.get(0)).contains("before: Jap").contains("after:  Allemagne").doesNotContain("right:");
        assertThat(examples.get(1)).contains("before: x / y");
        assertThat(examples.get(2)).contains("before: (nothing)").endsWith("after:  Japan   (right: Japon)");
    }

    @Test
    void reportHasBarsForEachLanguage() {
        assertThat(result.section().bars()).hasSize(2).allSatisfy(bars -> assertThat(bars.names()).hasSize(2));
        assertThat(result.section().table()).isPresent();
    }

    private static Instruction question(String code, String output, Language language) {
        CldrItem item = new CldrItem(CldrItem.Category.TERRITORY, code);
        return new Instruction("?" + code, output, new Direction(Pivot.ENGLISH, language, true), item, "test");
    }
}
