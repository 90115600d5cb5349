package org.bayling.observe;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them, the same on every machine. */
public final class Figures {

    private Figures() {}

    /** {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 shard}, {@code 25 shards}. */
    public static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 0:12:33}, as Python prints a time span of whole seconds; {@code 1 day, 2:00:00} beyond a day. */
    public static String time(Duration duration) {
        long days = duration.toDays();
        String clock = String.format(
                Locale.ROOT,
                "%d:%02d:%02d",
                duration.toHoursPart(),
                duration.toMinutesPart(),
                duration.toSecondsPart());
        return days == 0 ? clock : days + (days == 1 ? " day, " : " days, ") + clock;
    }

    /** {@code 0.8 s} below a minute, else as {@link #time}. */
    public static String span(Duration duration) {
        double seconds = seconds(duration);
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : time(duration);
    }

    /** {@code 2.9 GiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** Four decimals; {@code NaN} and {@code Infinity} as such. */
    public static String loss(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.4f", loss) : Double.toString(loss);
    }

    /** {@code 2.00e-04}. */
    public static String scientific(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2e", value) : Double.toString(value);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
