package org.bayling.evaluation.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bayling.config.ConfigException;
import org.bayling.config.RecipeNode;
import org.bayling.evaluation.choice.ChoiceMetric;
import org.bayling.evaluation.choice.ChoiceTask;
import org.bayling.evaluation.choice.ChoiceTasks;
import org.bayling.evaluation.fewshot.FewShot;
import org.bayling.evaluation.perplexity.TextDocuments;
import org.bayling.evaluation.translate.LanguageDirectory;

/** A suite's YAML to a checked record, every problem at once; the package page gives the keys. */
public final class SuiteReader {
    private static final Map<String, Boolean> YES_OR_NO = Map.of("true", true, "false", false);

    private final RecipeNode root;
    private final LanguageDirectory languages;
    private final String version;
    private final Optional<String> folder;
    private final int limit;

    private SuiteReader(RecipeNode root, LanguageDirectory languages, String version) {
        this.root = root;
        this.languages = languages;
        this.version = version;
        this.folder = root.optionalText("data_dir");
        this.limit = limit(root, Integer.MAX_VALUE);
    }

    /**
     * Reads a suite.
     *
     * @param overrides {@code key=value}; a dotted path for nested keys: {@code tasks.0.limit=10}
     * @param languages by the codes of test sets
     * @param version of this program, for signatures
     * @throws ConfigException with everything that is wrong
     */
    public static EvaluationSuite read(
            Path file, List<String> overrides, LanguageDirectory languages, String version) throws ConfigException {
        return new SuiteReader(RecipeNode.read(file, overrides), languages, version).suite();
    }

    private EvaluationSuite suite() throws ConfigException {
        String name = root.text("name");
        List<EvaluationPart> parts = new ArrayList<>();
        List<RecipeNode> nodes = root.list("tasks");
        if (nodes.isEmpty()) {
            root.problem("tasks", "expected at least one task", "see configs/evaluation/");
        }
        Set<String> names = new HashSet<>();
        for (RecipeNode node : nodes) {
            part(node).ifPresent(part -> {
                parts.add(part);
                if (!names.add(part.name())) {
                    node.problem("name", "a second task is called " + part.name(), "scores carry it, give each its own");
                }
            });
        }
        root.finish();
        return new EvaluationSuite(name, parts);
    }

    /** How the parts of a task are told. */
    private enum Kind {
        CHOICE,
        PERPLEXITY,
        TRANSLATION
    }

    private Optional<EvaluationPart> part(RecipeNode node) {
        Map<String, Kind> kinds = names(Kind.values());
        Kind kind = node.choice("kind", kinds, null);
        if (kind == null) {
            node.acceptAll();
            if (!node.has("kind")) {
                node.problem("kind", "is missing, expected one of " + String.join(", ", kinds.keySet()), "");
            }
            return Optional.empty();
        }
        return switch (kind) {
            case CHOICE -> choice(node);
            case PERPLEXITY -> Optional.of(perplexity(node));
            case TRANSLATION -> new TranslationReader(this::resolve, languages, version).part(node, limit);
        };
    }

    private Optional<EvaluationPart> choice(RecipeNode node) {
        String taskName = node.text("task");
        Optional<ChoiceTask> task = ChoiceTasks.named(taskName);
        if (task.isEmpty()) {
            node.acceptAll();
            if (node.has("task")) {
                node.problem("task", "\"" + taskName + "\" is none of " + String.join(", ", ChoiceTasks.names()),
                        RecipeNode.near(taskName, ChoiceTasks.names()));
            }
            return Optional.empty();
        }
        return Optional.of(new ChoicePart(
                node.optionalText("name").orElse(taskName),
                task.get(),
                paths(node, "data", true),
                paths(node, "fewshot_data", false),
                node.texts("languages"),
                limit(node, limit),
                fewShot(node, task.get()),
                prompting(node),
                metrics(node, task.get()),
                maxLength(node)));
    }

    private EvaluationPart perplexity(RecipeNode node) {
        TextDocuments documents = new TextDocuments(
                node.optionalText("text_field").orElse("text"),
                node.optionalText("language_field").orElse("language"),
                node.choice("documents", Map.of("line", true, "file", false), false),
                limit(node, limit));
        return new PerplexityPart(
                node.optionalText("name").orElse("perplexity"),
                paths(node, "data", true),
                documents,
                node.texts("languages"),
                maxLength(node));
    }

    private FewShot fewShot(RecipeNode node, ChoiceTask task) {
        return new FewShot(
                (int) node.integer("num_fewshot", 0, 0, 1000),
                node.choice("fewshot_sampler", names(FewShot.Order.values()), task.order()),
                node.integer("fewshot_seed", FewShot.SEED, 0, 1L << 53));
    }

    private ChoicePart.Prompting prompting(RecipeNode node) {
        boolean chat = node.choice("apply_chat_template", YES_OR_NO, false);
        boolean multiturn = node.choice("fewshot_as_multiturn", YES_OR_NO, false);
        if (multiturn && !chat) {
            node.problem("fewshot_as_multiturn", "needs apply_chat_template: true", "");
        }
        if (multiturn) {
            return ChoicePart.Prompting.MULTITURN_CHAT;
        }
        return chat ? ChoicePart.Prompting.CHAT : ChoicePart.Prompting.PLAIN;
    }

    private static List<ChoiceMetric> metrics(RecipeNode node, ChoiceTask task) {
        List<ChoiceMetric> metrics = new ArrayList<>();
        Map<String, ChoiceMetric> known = names(ChoiceMetric.values());
        for (String name : node.texts("metrics")) {
            if (known.containsKey(name)) {
                metrics.add(known.get(name));
            } else {
                node.problem("metrics", "\"" + name + "\" is none of " + String.join(", ", known.keySet()),
                        RecipeNode.near(name, known.keySet()));
            }
        }
        return metrics.isEmpty() ? task.metrics() : metrics;
    }

    private List<Path> paths(RecipeNode node, String key, boolean needed) {
        List<String> paths = node.texts(key);
        if (needed && paths.isEmpty()) {
            node.problem(key, "is missing, expected a file, a folder or a pattern, or a list of these", "");
        }
        return paths.stream().map(this::resolve).toList();
    }

    private Path resolve(String path) {
        return folder.map(root -> Path.of(root).resolve(path)).orElse(Path.of(path));
    }

    private static int limit(RecipeNode node, int otherwise) {
        return (int) node.integer("limit", otherwise, 1, Integer.MAX_VALUE);
    }

    private static OptionalInt maxLength(RecipeNode node) {
        int length = (int) node.integer("max_length", 0, 1, 1 << 24);
        return node.has("max_length") ? OptionalInt.of(length) : OptionalInt.empty();
    }

    private static <E extends Enum<E>> Map<String, E> names(E[] values) {
        Map<String, E> names = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> names.put(value.name().toLowerCase(Locale.ROOT), value));
        return names;
    }
}
