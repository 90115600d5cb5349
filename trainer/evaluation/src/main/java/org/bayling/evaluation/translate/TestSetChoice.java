package org.bayling.evaluation.translate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.data.DataException;

/**
 * What of a test set is wanted.
 *
 * @param files where it lies
 * @param directions which of its directions
 * @param limit segments of each direction
 */
public record TestSetChoice(TestSetFiles files, DirectionChoice directions, int limit) {

    /** @throws IllegalArgumentException when the limit is none */
    public TestSetChoice {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", but must be 1 or more");
        }
    }

    /**
     * The wanted texts.
     *
     * @throws DataException naming file and line of what is wrong
     */
    List<DirectionTexts> read(TestSet set, LanguageDirectory languages) throws IOException {
        List<DirectionTexts> texts = new ArrayList<>();
        for (Direction direction : directions.of(set, languages)) {
            List<Segment> all = set.segments(direction);
            texts.add(new DirectionTexts(
                    direction,
                    language(direction.source(), languages),
                    language(direction.target(), languages),
                    all.subList(0, Math.min(limit, all.size()))));
        }
        return texts;
    }

    private static NamedLanguage language(String code, LanguageDirectory languages) throws DataException {
        return languages
                .find(code)
                .orElseThrow(() -> new DataException("the language code '" + code
                        + "' of the test set is unknown, so no prompt can name it; leave it out with --directions"));
    }

    /** For people. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", files.description());
        settings.put("directions", directions.description());
        if (limit < Integer.MAX_VALUE) {
            settings.put("limit", Integer.toString(limit));
        }
        return settings;
    }
}
