package org.bayling.corpus.quality;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds UTF-8 that was decoded as Windows-1252 or ISO 8859-1 ("Ã©" for "é", "â€™" for "’", "Ð¿Ñ€" for "пр"), and the
 * marks that GBK leaves. Two letters that are right next to a quotation mark ("groß“") look the same as one damaged
 * character; so pairs whose second part is such a mark count only where several stand in a row.
 */
final class Mojibake {
    private static final Map<Character, Integer> BYTES = windows1252();
    private static final String NATURAL_AFTER_LETTERS = "«»‘’“”„–—…\u00A0";
    private static final String[] GBK = {"锟斤拷", "烫烫烫", "屯屯屯"};

    private Mojibake() {}

    /** The first damaged stretch of a text; empty where there is none. */
    static String find(String text) {
        for (String mark : GBK) {
            if (text.contains(mark)) {
                return mark;
            }
        }
        for (int i = 0; i + 1 < text.length(); i++) {
            int length = sequence(text, i);
            if (length > 0 && isDamage(text, i, length)) {
                return text.substring(i, i + length);
            }
        }
        return "";
    }

    private static boolean isDamage(String text, int at, int length) {
        if (length > 2) {
            return !allLetters(text, at + 1, at + length);
        }
        if (sequence(text, at + 2) == 2) {
            return true;
        }
        char lead = text.charAt(at);
        boolean latin = lead == 'Â' || lead == 'Ã' || lead == 'Ä' || lead == 'Å';
        return latin && NATURAL_AFTER_LETTERS.indexOf(text.charAt(at + 1)) < 0;
    }

    /** Sámi words such as "áššiid" spell three bytes of UTF-8 as well. */
    private static boolean allLetters(String text, int start, int end) {
        return text.substring(start, end).chars().allMatch(Character::isLetter);
    }

    /** Length of the UTF-8 sequence that the characters' bytes spell at a place; 0 where they spell none. */
    private static int sequence(String text, int at) {
        int lead = at < text.length() ? text.charAt(at) : 0;
        int length = length(lead);
        if (length == 0 || at + length > text.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            int value = BYTES.getOrDefault(text.charAt(at + i), 0);
            boolean continues = value >= 0x80 && value <= 0xBF;
            boolean shortest = i > 1 || !((lead == 0xE0 && value < 0xA0) || (lead == 0xF0 && value < 0x90));
            if (!continues || !shortest) {
                return 0;
            }
        }
        return length;
    }

    private static int length(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static Map<Character, Integer> windows1252() {
        Map<Character, Integer> bytes = new HashMap<>();
        Charset charset = Charset.forName("windows-1252");
        for (int b = 0x80; b <= 0xBF; b++) {
            bytes.put((char) b, b);
            bytes.put(new String(new byte[] {(byte) b}, charset).charAt(0), b);
        }
        bytes.remove('\uFFFD');
        return Map.copyOf(bytes);
    }
}
