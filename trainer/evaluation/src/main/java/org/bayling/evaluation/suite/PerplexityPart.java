package org.bayling.evaluation.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.bayling.evaluation.likelihood.RequestEncoder;
import org.bayling.evaluation.perplexity.PerplexityEvaluation;
import org.bayling.evaluation.perplexity.TextDocument;
import org.bayling.evaluation.perplexity.TextDocuments;

/**
 * Perplexity of raw text.
 *
 * @param data files, folders and globs
 * @param documents how they are read
 * @param languages wanted; empty takes all
 * @param maxLength of a window; empty takes what the model can read
 */
public record PerplexityPart(
        String name, List<Path> data, TextDocuments documents, List<String> languages, OptionalInt maxLength)
        implements EvaluationPart {

    @Override
    public String kind() {
        return "perplexity";
    }

    @Override
    public Prepared read() throws IOException {
        MissingData.check(name, data, "text to predict, .txt or rows with '" + documents.textField() + "' and '"
                + documents.languageField() + "'");
        List<TextDocument> texts = documents.read(data, languages);
        return (model, progress) -> {
            RequestEncoder encoder = new RequestEncoder(model.tokenizer(), maxLength.orElse(model.maxLength()));
            return new PerplexityResults(
                    name, new PerplexityEvaluation(encoder).run(texts, model.likelihoods(), progress));
        };
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", data.stream().map(Path::toString).collect(Collectors.joining(", ")));
        if (documents.limit() < Integer.MAX_VALUE) {
            settings.put("limit", Integer.toString(documents.limit()));
        }
        maxLength.ifPresent(length -> settings.put("max_length", Integer.toString(length)));
        return settings;
    }
}
