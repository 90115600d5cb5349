package org.bayling.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StopStringScanTest {
    @Test
    void aStopStringAcrossPiecesIsNeverShown() {
        StopStringScan scan = new StopStringScan(List.of("###"));
        assertThat(scan.push("one #")).isEqualTo("one ");
        assertThat(scan.push("#")).isEmpty();
        assertThat(scan.found()).isFalse();
        assertThat(scan.push("# two")).isEmpty();
        assertThat(scan.found()).isTrue();
        assertThat(scan.finish()).isEmpty();
    }

    @Test
    void whatOnlyLooksLikeAStopStringIsShownAfterAll() {
        StopStringScan scan = new StopStringScan(List.of("###"));
        assertThat(scan.push("a##")).isEqualTo("a");
        assertThat(scan.push("b#")).isEqualTo("##b");
        assertThat(scan.finish()).isEqualTo("#");
        assertThat(scan.found()).isFalse();
    }

    @Property(tries = 500)
    void piecesGiveTheTextBeforeTheFirstStopString(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 30) String text,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 4) String stop,
            @ForAll @IntRange(min = 1, max = 5) int step) {
        StopStringScan scan = new StopStringScan(List.of(stop));
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length() && !scan.found(); at += step) {
            shown.append(scan.push(text.substring(at, Math.min(text.length(), at + step))));
        }
        shown.append(scan.finish());
        int first = text.indexOf(stop);
        assertThat(shown.toString()).isEqualTo(first < 0 ? text : text.substring(0, first));
        assertThat(scan.found()).isEqualTo(first >= 0);
    }
}
