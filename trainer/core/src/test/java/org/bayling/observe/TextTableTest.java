package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsLineUpAcrossScripts() {
        TextTable table = TextTable.of("language", ">tokens")
                .row("Deutsch", "1,234")
                .row("中文", "98")
                .row("हिन्दी", "7");

        assertThat(table.lines()).containsExactly(
                "language  tokens", //
                "────────  ──────",
                "Deutsch    1,234",
                "中文          98",
                "हिन्दी" + " ".repeat(8 - DisplayWidth.of("हिन्दी")) + "       7");
    }

    @Test
    void wideAndCombiningCharactersTakeTheirColumns() {
        assertThat(DisplayWidth.of("abc")).isEqualTo(3);
        assertThat(DisplayWidth.of("中文")).isEqualTo(4);
        assertThat(DisplayWidth.of("한국어")).isEqualTo(6);
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("ไทย")).isEqualTo(3);
        assertThat(DisplayWidth.of("\u0e17\u0e35\u0e48")).isEqualTo(1);
        assertThat(DisplayWidth.of("a\u200db")).isEqualTo(2);
    }

    @Test
    void longCellIsCutBeforeAWideCharacterThatDoesNotFit() {
        assertThat(DisplayWidth.cut("中文字", 4)).isEqualTo("中…");
        assertThat(TextTable.ofPairs().row("name", "a long value").withCellsUpTo(6).lines())
                .containsExactly("name  a lon…");
    }

    @Test
    void lineFeedsAndEscapesInCellsCannotBreakTheTable() {
        assertThat(TextTable.ofPairs().row("a\nb", "\033[31mred").lines()).containsExactly("a\uFFFDb  \uFFFD[31mred");
    }

    @Test
    void rowOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> TextTable.of("a", "b").row("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 cells")
                .hasMessageContaining("2 columns");
    }
}
