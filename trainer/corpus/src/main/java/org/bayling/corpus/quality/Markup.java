package org.bayling.corpus.quality;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bayling.corpus.source.SourceItem;

/**
 * What is left of HTML and wiki pages in parallel text and choices: tags, entities, comments, brackets of links and
 * templates. Instructions are let through, since markup may be what they are about.
 */
final class Markup implements QualityFilter {
    static final String NAME = "markup";

    private static final String TAGS = "a|abbr|b|body|br|center|code|dd|div|dl|dt|em|font|form|h[1-6]|head|hr|html|i|"
            + "iframe|img|input|li|link|meta|ol|option|p|pre|ref|script|seg|select|small|span|strike|strong|style|sub|"
            + "sup|table|tbody|td|th|title|tr|tt|tuv|u|ul";
    private static final String ENTITIES = "#\\d{2,7}|#x[0-9a-f]{2,6}|amp|lt|gt|quot|apos|nbsp|[lr][ds]quo|hellip|"
            + "[mn]dash|bull|copy|reg|eacute|egrave|agrave|[aou]uml|szlig|ccedil|ntilde|laquo|raquo|middot|euro";
    private static final Pattern LEFTOVER = Pattern.compile(
            "</?(?:" + TAGS + ")(?:\\s[^<>]{0,400})?/?>|<!--|<!DOCTYPE|<!\\[CDATA\\[|&(?:" + ENTITIES + ");"
                    + "|\\[\\[[^\\[\\]\\n]{1,200}]]|\\{\\{[^{}\\n]{1,200}}}",
            Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict judge(SourceItem item) {
        if (item instanceof SourceItem.Instruction) {
            return Verdict.KEEP;
        }
        for (Side side : Side.of(item)) {
            Matcher found = mayHold(side.text()) ? LEFTOVER.matcher(side.text()) : null;
            if (found != null && found.find()) {
                String at = item instanceof SourceItem.Parallel ? side.language() : "";
                return new Verdict.Drop(NAME, "markup " + found.group(), at);
            }
        }
        return Verdict.KEEP;
    }

    private static boolean mayHold(String text) {
        return text.indexOf('<') >= 0 || text.indexOf('&') >= 0 || text.contains("[[") || text.contains("{{");
    }
}
