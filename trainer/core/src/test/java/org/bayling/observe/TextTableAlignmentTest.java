package org.bayling.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextTableAlignmentTest {

    @Property(tries = 200)
    void lastColumnSetToTheRightEndsAtOneColumnInEveryLine(@ForAll("rows") List<List<String>> rows) {
        TextTable table = TextTable.of("first", ">last");
        rows.forEach(row -> table.row(row.get(0), row.get(1) + "|"));

        assertThat(table.lines().stream().skip(1).map(DisplayWidth::of).distinct()).hasSize(1);
        assertThat(table.lines()).hasSize(rows.size() + 2);
    }

    @Provide
    Arbitrary<List<List<String>>> rows() {
        return Arbitraries.strings()
                .withChars("ab 中한あ\u0301\u0e35\u200dकि\n\u001b😀é")
                .ofMaxLength(12)
                .list()
                .ofSize(2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
