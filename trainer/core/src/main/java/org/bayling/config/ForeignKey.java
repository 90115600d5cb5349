package org.bayling.config;

/**
 * A key of another tool that is no alias: refused with a reason, or harmless.
 *
 * @param tool whose key it is
 * @param meaning REFUSED is always an error, OFF_ONLY unless it switches the thing off, HARMLESS never
 * @param why the reason, with the native key to use
 */
record ForeignKey(String name, String tool, Meaning meaning, String why) {
    enum Meaning {
        REFUSED,
        OFF_ONLY,
        HARMLESS
    }

    static ForeignKey refused(String name, String tool, String why) {
        return new ForeignKey(name, tool, Meaning.REFUSED, why);
    }

    /** Fine as {@code false}, since that is how it is here anyway. */
    static ForeignKey offOnly(String name, String tool, String why) {
        return new ForeignKey(name, tool, Meaning.OFF_ONLY, why);
    }

    static ForeignKey harmless(String name, String tool, String why) {
        return new ForeignKey(name, tool, Meaning.HARMLESS, why);
    }

    void judge(String path, ConfigNode.Entry entry, Findings findings) {
        boolean off = entry.value() instanceof ConfigNode.Scalar scalar
                && (scalar.isNull() || meaning == Meaning.OFF_ONLY && isOff(scalar.text()));
        if (meaning == Meaning.HARMLESS || off) {
            findings.notice(path + " changes nothing: " + why);
        } else {
            findings.problem(entry.keyOrigin(), path, tool + "'s key is refused: " + why);
        }
    }

    private static boolean isOff(String text) {
        String word = ValueTypes.canonical(text);
        return word.equals("false") || word.equals("0") || word.equals("none");
    }
}
