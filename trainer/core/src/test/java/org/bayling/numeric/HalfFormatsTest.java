package org.bayling.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfFormatsTest {

    @Test
    void everyHalfGoesToFloatAndBack() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            short half = (short) bits;
            float value = Float16.toFloat(half);
            boolean nan = (bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0;
            assertThat(Float.isNaN(value)).isEqualTo(nan);
            if (!nan) {
                assertThat(Float16.fromFloat(value)).as("half %04x", bits).isEqualTo(half);
            }
        }
    }

    @Test
    void everyHalfHasTheValueOfItsDefinition() {
        for (int bits = 0; bits < 0x7c00; bits++) {
            int exponent = bits >> 10;
            int fraction = bits & 0x3ff;
            double expected = exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
            assertThat((double) Float16.toFloat((short) bits)).isEqualTo(expected);
            assertThat((double) Float16.toFloat((short) (bits | 0x8000))).isEqualTo(-expected);
        }
    }

    @Test
    void halvesRoundToNearestWithTiesToEven() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            float low = Float16.toFloat((short) bits);
            float high = Float16.toFloat((short) (bits + 1));
            float middle = (low + high) / 2;
            int even = bits % 2 == 0 ? bits : bits + 1;
            assertThat(Float16.fromFloat(middle)).as("between %04x and the next", bits).isEqualTo((short) even);
            assertThat(Float16.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Float16.fromFloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
    }

    @Test
    void halvesOverflowFrom65520On() {
        assertThat(Float16.fromFloat(Math.nextDown(65520f))).isEqualTo((short) 0x7bff);
        assertThat(Float16.fromFloat(65520f)).isEqualTo((short) 0x7c00);
        assertThat(Float16.fromFloat(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
        assertThat(Float16.toFloat(Float16.fromFloat(Float.NaN))).isNaN();
    }

    @Test
    void bfloat16RoundsToNearestWithTiesToEvenAndKeepsNaN() {
        assertThat(Bfloat16.fromFloat(Float.intBitsToFloat(0x3f808000))).isEqualTo((short) 0x3f80);
        assertThat(Bfloat16.fromFloat(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
        assertThat(Bfloat16.fromFloat(Float.intBitsToFloat(0x3f808001))).isEqualTo((short) 0x3f81);
        assertThat(Bfloat16.fromFloat(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
        assertThat(Bfloat16.toFloat(Bfloat16.fromFloat(Float.intBitsToFloat(0x7f800001)))).isNaN();
        assertThat(Bfloat16.toFloat((short) 0xc040)).isEqualTo(-3f);
    }
}
