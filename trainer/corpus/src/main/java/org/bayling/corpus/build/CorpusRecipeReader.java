package org.bayling.corpus.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bayling.config.ConfigException;
import org.bayling.config.DataConfig;
import org.bayling.config.RecipeNode;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.mixture.MixtureRecipe;
import org.bayling.corpus.mixture.MixtureRecipe.BelowMinimum;
import org.bayling.corpus.mixture.MixtureRecipe.Sampling;
import org.bayling.corpus.quality.EvaluationSet;
import org.bayling.corpus.quality.QualityRecipe;
import org.bayling.corpus.sample.Group;
import org.bayling.corpus.source.SourceItem;
import org.bayling.corpus.source.SourceRecipe;
import org.bayling.corpus.task.Tasks;

/** A recipe's YAML to a checked record, every problem at once. */
public final class CorpusRecipeReader {
    private static final int MOST_SAMPLES_PER_SHARD = 1 << 20;
    private static final Map<String, Group> GROUPS = groups();

    private final RecipeNode root;
    private final Optional<String> folder;
    private final LanguageRegistry registry;

    private CorpusRecipeReader(RecipeNode root, LanguageRegistry registry) {
        this.root = root;
        this.folder = root.optionalText("root");
        this.registry = registry;
    }

    /**
     * Reads a recipe.
     *
     * @param overrides {@code key=value}; a dotted path for nested keys: {@code mixture.samples=1000}
     * @throws ConfigException with everything that is wrong
     */
    public static CorpusRecipe read(Path file, List<String> overrides, LanguageRegistry registry)
            throws ConfigException, IOException {
        CorpusRecipeReader reader = new CorpusRecipeReader(RecipeNode.read(file, overrides), registry);
        StringBuilder text = new StringBuilder(Files.readString(file));
        if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        overrides.forEach(override -> text.append("# overridden: ").append(override).append('\n'));
        return reader.recipe(text.toString());
    }

    private CorpusRecipe recipe(String text) throws ConfigException {
        long seed = root.integer("seed", 1, 0, 1L << 53);
        List<SourceRecipe> sources = sources();
        if (sources.isEmpty()) {
            root.problem("sources", "expected at least one source", "see configs/corpus/");
        }
        List<EvaluationSet> decontaminate = evaluationSets();
        Optional<QualityRecipe> quality = quality();
        MixtureRecipe mixture = mixture(root.mapping("mixture"));
        int perShard = (int) root.integer("samples_per_shard", 16_384, 1, MOST_SAMPLES_PER_SHARD);
        int perFrame = (int) root.integer("samples_per_frame", 64, 1, 4096);
        root.finish();
        return new CorpusRecipe(
                text, seed, sources, decontaminate, quality, mixture, root.place("mixture"), perShard, perFrame);
    }

    private List<SourceRecipe> sources() {
        List<SourceRecipe> sources = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (RecipeNode node : root.list("sources")) {
            String id = node.text("id");
            if (!ids.add(id)) {
                node.problem("id", "a second source is called " + id, "samples carry it, give each its own");
            }
            String licence = node.text("licence");
            Optional<SourceRecipe> source = source(node, id, licence);
            source.ifPresent(sources::add);
        }
        return sources;
    }

    private Optional<SourceRecipe> source(RecipeNode node, String id, String licence) {
        Map<String, Kind> kinds = names(Kind.values());
        Kind kind = node.choice("kind", kinds, null);
        if (kind == null) {
            node.acceptAll();
            if (!node.has("kind")) {
                node.problem("kind", "is missing, expected one of " + String.join(", ", kinds.keySet()), "");
            }
            return Optional.empty();
        }
        return Optional.of(switch (kind) {
            case INSTRUCTIONS -> instructions(node, id, licence);
            case PARALLEL -> new SourceRecipe.Parallel(
                    id,
                    licence,
                    paths(node),
                    node.choice("format", names(SourceRecipe.ParallelFormat.values()), SourceRecipe.ParallelFormat.LINES),
                    languages(node),
                    node.choice("content", names(SourceItem.Kind.values()), SourceItem.Kind.SENTENCE));
            case MULTI_PARALLEL -> new SourceRecipe.MultiParallel(
                    id,
                    licence,
                    paths(node),
                    node.choice("format", names(SourceRecipe.MultiFormat.values()), SourceRecipe.MultiFormat.FLORES),
                    Set.copyOf(languages(node)));
            case CHOICE -> new SourceRecipe.Choice(id, licence, paths(node), language(node));
            case CLDR -> new SourceRecipe.Cldr(
                    id,
                    licence,
                    categories(node),
                    Set.copyOf(languages(node)),
                    (int) node.integer("largest_number", 100, 0, 100_000),
                    (int) node.integer("dates", 100, 0, 100_000));
        });
    }

    /** Values of {@code kind}. */
    private enum Kind {
        INSTRUCTIONS,
        PARALLEL,
        MULTI_PARALLEL,
        CHOICE,
        CLDR
    }

    private SourceRecipe instructions(RecipeNode node, String id, String licence) {
        return new SourceRecipe.Instructions(
                id,
                licence,
                paths(node),
                node.choice("format", names(DataConfig.Format.values()), DataConfig.Format.ALPACA),
                node.mapping("columns").allTexts(),
                language(node),
                Optional.ofNullable(node.choice("group", GROUPS, null)));
    }

    private List<EvaluationSet> evaluationSets() {
        List<EvaluationSet> sets = new ArrayList<>();
        for (RecipeNode node : root.list("decontaminate")) {
            String name = node.text("name");
            String path = rooted(node.text("path"));
            EvaluationSet.Format format =
                    node.choice("format", names(EvaluationSet.Format.values()), EvaluationSet.Format.LINES);
            List<String> fields = node.texts("fields");
            try {
                sets.add(new EvaluationSet(name, Path.of(path), format, fields));
            } catch (IllegalArgumentException e) {
                node.problem("fields", e.getMessage(), "");
            }
        }
        return sets;
    }

    private List<String> paths(RecipeNode node) {
        List<String> paths = node.texts("path");
        if (paths.isEmpty()) {
            node.problem("path", "is missing, expected a file, a folder or a pattern, or a list of these", "");
        }
        return paths.stream().map(this::rooted).toList();
    }

    private String rooted(String path) {
        return folder.map(root -> Path.of(root).resolve(path).toString()).orElse(path);
    }

    private Optional<String> language(RecipeNode node) {
        return node.optionalText("language").map(name -> tag(node, "language", name));
    }

    private List<String> languages(RecipeNode node) {
        return node.texts("languages").stream()
                .map(name -> tag(node, "languages", name))
                .distinct()
                .toList();
    }

    private String tag(RecipeNode node, String key, String name) {
        try {
            return registry.require(name).tag();
        } catch (RuntimeException unknown) {
            node.problem(key, unknown.getMessage(), "");
            return name;
        }
    }

    private Set<CldrItem.Category> categories(RecipeNode node) {
        Map<String, CldrItem.Category> known = new LinkedHashMap<>();
        for (CldrItem.Category category : CldrItem.Category.values()) {
            known.put(category.tag(), category);
        }
        Set<CldrItem.Category> categories = new HashSet<>();
        for (String name : node.texts("categories")) {
            if (known.containsKey(name)) {
                categories.add(known.get(name));
            } else {
                node.problem("categories", "\"" + name + "\" is none of " + String.join(", ", known.keySet()),
                        RecipeNode.near(name, known.keySet()));
            }
        }
        return categories;
    }

    private Optional<QualityRecipe> quality() {
        if (!root.isMapping("quality")) {
            if (root.optionalText("quality").filter("none"::equals).isPresent()) {
                return Optional.empty();
            }
            root.optionalText("quality").ifPresent(
                    text -> root.problem("quality", "expected a mapping or none, found \"" + text + "\"", ""));
            return Optional.of(QualityRecipe.defaults());
        }
        try {
            return Optional.of(QualityRecipe.defaults().with(root.mapping("quality").plain()));
        } catch (IllegalArgumentException e) {
            root.problem("quality", e.getMessage(), "");
            return Optional.empty();
        }
    }

    private MixtureRecipe mixture(RecipeNode node) {
        if (!node.has("samples")) {
            node.problem("samples", "is missing, expected how many samples the corpus shall have", "");
        }
        return new MixtureRecipe(
                node.integer("samples", 1, 1, 1L << 40),
                byGroup(node.mapping("groups"), defaultGroups()),
                node.choice("sampling", names(Sampling.values()), Sampling.TEMPERATURE),
                node.number("temperature", 1.5, 0.01, 1e6),
                maxEpochs(node),
                node.integer("min_samples_per_language", 0, 0, 1L << 40),
                node.choice("below_minimum", names(BelowMinimum.values()), BelowMinimum.ERROR),
                tasks(node.mapping("tasks")),
                directions(node.mapping("directions")));
    }

    private static Map<String, Double> tasks(RecipeNode node) {
        Map<String, Double> weights = node.numbers(0);
        weights.keySet().stream()
                .filter(task -> !Tasks.ALL.contains(task))
                .forEach(task -> node.problem(task, "is no task", RecipeNode.near(task, Tasks.ALL).isEmpty()
                        ? "known: " + String.join(", ", Tasks.ALL)
                        : RecipeNode.near(task, Tasks.ALL)));
        return weights;
    }

    private static Map<String, Double> directions(RecipeNode node) {
        Set<String> known = Set.of("L-en", "en-L", "L-zh", "zh-L", "en-zh", "zh-en", "L-L", "L");
        Map<String, Double> weights = node.numbers(0);
        weights.keySet().stream()
                .filter(kind -> !known.contains(kind))
                .forEach(kind -> node.problem(kind, "is no kind of direction", "known: L-en, en-L, L-zh, zh-L, en-zh, "
                        + "zh-en, L-L, and L for one language"));
        return weights;
    }

    private static Map<Group, Double> maxEpochs(RecipeNode node) {
        Map<Group, Double> all = new EnumMap<>(Group.class);
        if (node.isMapping("max_epochs")) {
            return byGroup(node.mapping("max_epochs"), all);
        }
        double one = node.number("max_epochs", 1, 1e-9, 1e9);
        GROUPS.values().forEach(group -> all.put(group, one));
        return all;
    }

    private static Map<Group, Double> byGroup(RecipeNode node, Map<Group, Double> otherwise) {
        Map<Group, Double> numbers = new EnumMap<>(Group.class);
        node.numbers(0).forEach((name, number) -> {
            if (!GROUPS.containsKey(name)) {
                node.problem(name, "is no group, expected zh, en or cross-lingual", RecipeNode.near(name, GROUPS.keySet()));
            } else if (number > 0) {
                numbers.put(GROUPS.get(name), number);
            }
        });
        if (numbers.isEmpty() && !node.isEmpty()) {
            node.problem("", "no number is above 0", "");
        }
        return numbers.isEmpty() ? otherwise : numbers;
    }

    /** BayLing 2's, as a secondary source reports them. */
    private static Map<Group, Double> defaultGroups() {
        return Map.of(Group.CHINESE, 43.2, Group.ENGLISH, 26.2, Group.CROSS_LINGUAL, 30.6);
    }

    private static Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        Arrays.stream(Group.values()).forEach(group -> groups.put(group.label(), group));
        return groups;
    }

    private static <E extends Enum<E>> Map<String, E> names(E[] values) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return names;
    }
}
