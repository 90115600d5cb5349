package org.bayling.evaluation.translation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers with so many decimals as Python prints them: rounded from their exact value, a tie to the even digit. */
public final class FixedDecimals {
    private FixedDecimals() {}

    /** For example {@code 20.8}; what is not finite as Java writes it. */
    public static String format(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : Double.toString(value);
    }
}
