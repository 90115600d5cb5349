package org.bayling.corpus;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The script that texts are written in, told from their letters. */
public final class LetterScript {
    private static final String NONE = "Zyyy";

    private LetterScript() {}

    /** ISO 15924 code of the script that most letters have; {@code Zyyy} where there is no letter. */
    public static String of(Stream<String> texts) {
        Map<Integer, Integer> counts = new TreeMap<>();
        texts.flatMapToInt(String::codePoints)
                .filter(UCharacter::isLetter)
                .forEach(letter -> counts.merge(UScript.getScript(letter), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> UScript.getShortName(most.getKey()))
                .orElse(NONE);
    }
}
