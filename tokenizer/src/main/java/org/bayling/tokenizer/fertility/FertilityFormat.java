package org.bayling.tokenizer.fertility;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** How a table of fertilities is written; figures that do not exist are left empty, in JSON null. */
public enum FertilityFormat {
    /** Columns for reading. */
    text,
    /** One array with an object for each row. */
    json,
    /** With a header, RFC 4180. */
    csv;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The rows in this format, ending with a line end. */
    public String write(List<FertilityRow> rows) {
        return switch (this) {
            case text -> columns(rows);
            case json -> json(rows);
            case csv -> commas(rows);
        };
    }

    private static String columns(List<FertilityRow> rows) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%-14s %-20s %8s %10s %9s %10s %10s %10s %8s %7s%n",
                "language", "document", "texts", "characters", "words", "tokens", "tok/word", "tok/char", "relative",
                "bytes"));
        for (FertilityRow row : rows) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-14s %-20s %8d %10d %9d %10d %10s %10s %8s %7s%n",
                    row.language(),
                    row.document(),
                    row.texts(),
                    row.characters(),
                    row.words(),
                    row.tokens(),
                    number("%.3f", row.tokensPerWord()),
                    number("%.4f", row.tokensPerCharacter()),
                    number("%.3f", row.relative().orElse(Double.NaN)),
                    number("%.1f%%", 100 * row.byteShare())));
        }
        return out.toString();
    }

    private static String json(List<FertilityRow> rows) {
        ArrayNode all = JSON.createArrayNode();
        for (FertilityRow row : rows) {
            ObjectNode object = all.addObject()
                    .put("language", row.language())
                    .put("document", row.document())
                    .put("texts", row.texts())
                    .put("characters", row.characters())
                    .put("words", row.words())
                    .put("tokens", row.tokens())
                    .put("byte_tokens", row.byteTokens());
            put(object, "tokens_per_word", row.tokensPerWord());
            put(object, "tokens_per_character", row.tokensPerCharacter());
            put(object, "relative", row.relative().orElse(Double.NaN));
            put(object, "byte_share", row.byteShare());
        }
        return all + "\n";
    }

    private static String commas(List<FertilityRow> rows) {
        StringBuilder out = new StringBuilder("language,document,texts,characters,words,tokens,byte_tokens,"
                + "tokens_per_word,tokens_per_character,relative,byte_share\r\n");
        for (FertilityRow row : rows) {
            out.append(String.join(
                            ",",
                            quoted(row.language()),
                            quoted(row.document()),
                            Long.toString(row.texts()),
                            Long.toString(row.characters()),
                            Long.toString(row.words()),
                            Long.toString(row.tokens()),
                            Long.toString(row.byteTokens()),
                            number("%.6f", row.tokensPerWord()),
                            number("%.6f", row.tokensPerCharacter()),
                            number("%.6f", row.relative().orElse(Double.NaN)),
                            number("%.6f", row.byteShare())))
                    .append("\r\n");
        }
        return out.toString();
    }

    private static void put(ObjectNode object, String key, double value) {
        if (Double.isFinite(value)) {
            object.put(key, value);
        } else {
            object.putNull(key);
        }
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
