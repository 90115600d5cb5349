package org.bayling.evaluation.translation;

import java.util.Locale;

/**
 * TER (Snover et al. 2006): the edits, shifts of words among them, that turn a hypothesis into its nearest reference,
 * against the mean length of its references. As tercom computes it, with sacreBLEU's beam and limits.
 *
 * <p>Statistics: edits, mean length of the references in words.
 *
 * @param normalized tokenize as mteval does
 * @param noPunct drop punctuation
 * @param asianSupport with {@code normalized} characters of East Asia are words of their own; with {@code noPunct} their
 *     punctuation goes too
 * @param caseSensitive keep case
 */
public record Ter(boolean normalized, boolean noPunct, boolean asianSupport, boolean caseSensitive)
        implements TranslationMetric {

    /** tercom's defaults: lower-cased, cut at white space. */
    public static Ter standard() {
        return new Ter(false, false, false, false);
    }

    @Override
    public String key() {
        return "ter";
    }

    @Override
    public String name() {
        return "TER";
    }

    @Override
    public int statistics() {
        return 2;
    }

    @Override
    public SegmentCounter counter() {
        return new TerCounter(this);
    }

    @Override
    public String signature(SignatureContext context, boolean shorter) {
        return context.format(
                shorter,
                "case",
                "c",
                caseSensitive ? "mixed" : "lc",
                "tok",
                "t",
                "tercom",
                "norm",
                "nr",
                normalized ? "yes" : "no",
                "punct",
                "pn",
                noPunct ? "no" : "yes",
                "asian",
                "as",
                asianSupport ? "yes" : "no");
    }

    @Override
    public MetricScore.Ter score(double[] sums) {
        return new MetricScore.Ter(rate(sums, Arithmetic.DOUBLE), (long) sums[0], sums[1]);
    }

    @Override
    public double resampledScore(double[] sums) {
        return rate(sums, Arithmetic.SINGLE);
    }

    @Override
    public Arithmetic resampledIn() {
        return Arithmetic.SINGLE;
    }

    private static double rate(double[] sums, Arithmetic in) {
        if (sums[1] > 0) {
            return in.round(100 * in.round(sums[0] / sums[1]));
        }
        return sums[0] > 0 ? 100 : 0;
    }

    /** The words of a line, with one space between them. */
    public String tokenize(String line) {
        TextBuffer buffer = new TextBuffer();
        tokenize(line, buffer);
        return buffer.toString();
    }

    /** Leaves the line in the buffer, with white space between its words. */
    void tokenize(String line, TextBuffer buffer) {
        String text = caseSensitive ? line : line.toLowerCase(Locale.ROOT);
        if (!normalized) {
            buffer.set(text);
        } else {
            buffer.set(WesternRules.unescape(text.replace("\n-", "").replace('\n', ' ')));
            buffer.pad();
            buffer.isolate(WesternRules::isPunctuation);
            buffer.splitOffPossessives();
            WesternRules.applyNumberRules(buffer);
            if (asianSupport) {
                buffer.isolate(c -> isIdeograph(c) || isAsianPunctuation(c));
            }
        }
        if (noPunct) {
            buffer.delete(c -> ".,?:;!\"()".indexOf(c) >= 0 || asianSupport && isAsianPunctuation(c));
        }
    }

    /** tercom's blocks; runs of kana stay whole. 3F22 is a slip of the original for 32FF and counts. */
    private static boolean isIdeograph(int c) {
        return c >= 0x4E00 && c <= 0x9FFF
                || c >= 0x3400 && c <= 0x4DBF
                || c >= 0x31C0 && c <= 0x31EF
                || c >= 0x2E80 && c <= 0x2EFF
                || c >= 0x3200 && c <= 0x3F22
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE4F;
    }

    private static boolean isAsianPunctuation(int c) {
        return c == 0x3001
                || c == 0x3002
                || c >= 0x3008 && c <= 0x3011
                || c >= 0x3014 && c <= 0x301F
                || c >= 0xFF61 && c <= 0xFF65
                || c == 0x30FB
                || "\uFF0E\uFF0C\uFF1F\uFF1A\uFF1B\uFF01\uFF02\uFF08\uFF09".indexOf(c) >= 0;
    }
}
