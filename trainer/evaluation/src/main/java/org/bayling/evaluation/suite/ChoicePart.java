package org.bayling.evaluation.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.bayling.evaluation.choice.ChatPrompt;
import org.bayling.evaluation.choice.ChoiceData;
import org.bayling.evaluation.choice.ChoiceEvaluation;
import org.bayling.evaluation.choice.ChoiceItem;
import org.bayling.evaluation.choice.ChoiceMetric;
import org.bayling.evaluation.choice.ChoicePrompt;
import org.bayling.evaluation.choice.ChoiceReport;
import org.bayling.evaluation.choice.ChoiceTask;
import org.bayling.evaluation.choice.PlainPrompt;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.likelihood.RequestEncoder;

/**
 * Multiple-choice questions.
 *
 * @param data files, folders and globs of questions
 * @param examples files that answered questions are taken from; empty takes the questions themselves
 * @param languages wanted; empty takes all
 * @param limit questions of each language
 * @param prompting how questions are put
 * @param maxLength of contexts; empty takes what the model can read
 */
public record ChoicePart(
        String name,
        ChoiceTask task,
        List<Path> data,
        List<Path> examples,
        List<String> languages,
        int limit,
        FewShot fewShot,
        Prompting prompting,
        List<ChoiceMetric> metrics,
        OptionalInt maxLength)
        implements EvaluationPart {

    /** How questions are put. */
    public enum Prompting {
        /** As plain text. */
        PLAIN,
        /** In the chat template, examples and question in one message. */
        CHAT,
        /** In the chat template, each example a message with its answer. */
        MULTITURN_CHAT
    }

    @Override
    public String kind() {
        return "choice";
    }

    @Override
    public Prepared read() throws IOException {
        MissingData.check(name, data, task.source());
        MissingData.check(name, examples, task.source());
        List<ChoiceItem> items = new ChoiceData(task, limit, fewShot).read(data, examples, languages);
        return (model, progress) -> {
            RequestEncoder encoder = new RequestEncoder(model.tokenizer(), maxLength.orElse(model.maxLength()));
            return new ChoiceResults(
                    this,
                    new ChoiceEvaluation(encoder, prompt(model), metrics).run(items, model.likelihoods(), progress));
        };
    }

    private ChoicePrompt prompt(EvaluatedModel model) throws IOException {
        return switch (prompting) {
            case PLAIN -> new PlainPrompt();
            case CHAT -> new ChatPrompt(model.renderer(), false);
            case MULTITURN_CHAT -> new ChatPrompt(model.renderer(), true);
        };
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("task", task.name());
        settings.put("data", data.stream().map(Path::toString).collect(Collectors.joining(", ")));
        if (limit < Integer.MAX_VALUE) {
            settings.put("limit", Integer.toString(limit));
        }
        settings.put("num_fewshot", Integer.toString(fewShot.shots()));
        if (fewShot.shots() > 0) {
            settings.put("fewshot_sampler", fewShot.order().name().toLowerCase(Locale.ROOT));
            settings.put("fewshot_seed", Long.toString(fewShot.seed()));
        }
        settings.put("prompt", prompting.name().toLowerCase(Locale.ROOT));
        maxLength.ifPresent(length -> settings.put("max_length", Integer.toString(length)));
        return settings;
    }
}
