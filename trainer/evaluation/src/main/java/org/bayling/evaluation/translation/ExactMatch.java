package org.bayling.evaluation.translation;

import java.text.Normalizer;

/** Whether an answer is the expected one to the letter: after Unicode NFC, without white space at its ends. */
public final class ExactMatch {
    private ExactMatch() {}

    /** True when both are the same. */
    public static boolean of(String answer, String expected) {
        return plain(answer).equals(plain(expected));
    }

    private static String plain(String text) {
        return PythonSpace.strip(Normalizer.normalize(text, Normalizer.Form.NFC));
    }
}
