package org.bayling.evaluation.scoring;

import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.language.LanguageIdentifier;
import org.bayling.evaluation.scoring.OutputCounts.LanguageCounts;
import org.bayling.evaluation.translation.PythonSpace;

/** Looks at outputs one by one and counts. For one thread. */
public final class OutputCheck {
    private final boolean hasSource;
    private final Optional<LanguageIdentifier> identifier;
    private long segments;
    private long empty;
    private long overlong;
    private long copied;
    private final long[] languages = new long[LanguageIdentifier.Verdict.values().length];

    /** @param identifier tells the asked language; empty leaves that out */
    public OutputCheck(boolean hasSource, Optional<LanguageIdentifier> identifier) {
        this.hasSource = hasSource;
        this.identifier = identifier;
    }

    /** @param source empty where there is none */
    public void look(String output, List<String> references, String source) {
        segments++;
        String text = PythonSpace.strip(output);
        if (text.isEmpty()
                && references.stream()
                        .anyMatch(reference -> !PythonSpace.strip(reference).isEmpty())) {
            empty++;
        }
        int longest = references.stream().mapToInt(OutputCheck::length).max().orElse(0);
        if (length(text) > Math.max(2L * longest, longest + (long) OutputCounts.SLACK)) {
            overlong++;
        }
        if (hasSource
                && !text.isEmpty()
                && text.equals(PythonSpace.strip(source))
                && references.stream()
                        .noneMatch(reference -> PythonSpace.strip(reference).equals(text))) {
            copied++;
        }
        identifier.ifPresent(who -> languages[who.judge(text).ordinal()]++);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** What was seen so far. */
    public OutputCounts counts() {
        return new OutputCounts(
                segments,
                empty,
                overlong,
                hasSource ? Optional.of(copied) : Optional.empty(),
                identifier.map(who -> new LanguageCounts(
                        languages[LanguageIdentifier.Verdict.RIGHT.ordinal()],
                        languages[LanguageIdentifier.Verdict.WRONG.ordinal()],
                        languages[LanguageIdentifier.Verdict.UNKNOWN.ordinal()],
                        who.method())));
    }
}
