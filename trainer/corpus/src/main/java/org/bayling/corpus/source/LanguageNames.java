package org.bayling.corpus.source;

import java.util.HashMap;
import java.util.Map;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.UnknownLanguageException;
import org.bayling.data.DataException;

/** The registry as readers use it: a code of the data to a tag, a fault named by where it stands. */
final class LanguageNames {
    private final LanguageRegistry registry;
    private final Map<String, String> tags = new HashMap<>();

    LanguageNames(LanguageRegistry registry) {
        this.registry = registry;
    }

    /**
     * The tag of a code.
     *
     * @param where file and line, or the place in the recipe
     */
    String tag(String code, Object where) throws DataException {
        String known = tags.get(code);
        if (known != null) {
            return known;
        }
        try {
            String tag = registry.require(code).tag();
            tags.put(code, tag);
            return tag;
        } catch (UnknownLanguageException e) {
            throw new DataException(where + ": " + e.getMessage(), e);
        }
    }

    LanguageRegistry registry() {
        return registry;
    }
}
