package org.bayling.evaluation.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.evaluation.results.ItemsFile;
import org.bayling.evaluation.results.ItemsFile.Group;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.ResultItem.Translation;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.fertility.Fertility;
import org.bayling.tokenizer.fertility.FertilityRow;
import org.bayling.tokenizer.fertility.FertilityText;

/** How many tokens a tokenizer needs for a word, measured on the references of translations. */
public final class TokensPerWord {
    private static final String ENGLISH = "en";

    private TokensPerWord() {}

    /**
     * Counts the first references of one direction into each language.
     *
     * @return by language, as the results write it; without languages in which no word was found
     */
    public static Map<String, Double> of(EvaluatedSystem system, Tokenizer tokenizer, LanguageRegistry registry)
            throws IOException {
        Fertility fertility = new Fertility(tokenizer, ENGLISH);
        Map<String, String> codes = new HashMap<>();
        for (Map.Entry<Group, ItemsFile> group : system.items().entrySet()) {
            String code = group.getKey().language();
            String tag = LanguageTraits.of(code, registry).tag();
            boolean counted = group.getKey().source().isEmpty() || codes.putIfAbsent(tag, code) != null;
            if (!counted) {
                for (ResultItem item : group.getValue().read(group.getKey())) {
                    if (item instanceof Translation translation) {
                        String reference = translation.references().get(0);
                        fertility.accept(new FertilityText(tag, "", "", reference));
                    }
                }
            }
        }
        Map<String, Double> tokens = new LinkedHashMap<>();
        for (FertilityRow row : fertility.rows()) {
            if (row.words() > 0) {
                tokens.put(codes.get(row.language()), row.tokensPerWord());
            }
        }
        return tokens;
    }
}
