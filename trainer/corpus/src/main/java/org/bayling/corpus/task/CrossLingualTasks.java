package org.bayling.corpus.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.Pivot;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.sample.Group;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;

/** Makes cross-lingual samples of items, as pure functions of the arguments; safe for use by several threads. */
public final class CrossLingualTasks {
    private final Map<String, Language> languages = new HashMap<>();
    private final Frames frames = new Frames();

    private CrossLingualTasks(LanguageRegistry registry) {
        registry.all().forEach(language -> languages.put(language.tag(), language));
    }

    /** @param registry that knows every language of the items: see {@code Sources.languages} */
    public static CrossLingualTasks of(LanguageRegistry registry) {
        return new CrossLingualTasks(registry);
    }

    /** Everything that {@link #make} can make of one item, always in the same order; nothing of an instruction. */
    public List<Assignment> possible(SourceItem item) {
        if (item instanceof SourceItem.Choice choice) {
            List<Assignment> all = new ArrayList<>();
            for (Pivot pivot : Pivot.values()) {
                all.add(new Assignment(Tasks.CHOICE, choice.language(), choice.language(), pivot));
            }
            return all;
        }
        if (!(item instanceof SourceItem.Parallel parallel)) {
            return List.of();
        }
        Set<String> tags = parallel.texts().keySet();
        return switch (parallel.kind()) {
            case NAME, NUMBER, DATE -> Directions.withPivot(Tasks.DICTIONARY, tags);
            case SENTENCE -> ofSentence(parallel);
            case DOCUMENT -> {
                List<Assignment> all = new ArrayList<>(Directions.withPivot(Tasks.DOCUMENT, tags));
                all.addAll(Directions.threeLanguages(Tasks.READING, tags));
                yield all;
            }
        };
    }

    private List<Assignment> ofSentence(SourceItem.Parallel item) {
        Set<String> tags = item.texts().keySet();
        Set<String> withWords = new TreeSet<>();
        item.texts().forEach((tag, text) -> {
            if (Words.candidates(text, language(tag)).size() >= 2) {
                withWords.add(tag);
            }
        });
        List<Assignment> all = new ArrayList<>(Directions.withPivot(Tasks.TRANSLATION, tags));
        for (String task : List.of(Tasks.CONSTRAINED, Tasks.INTERACTIVE)) {
            for (Assignment assignment : Directions.withPivot(task, tags)) {
                if (withWords.contains(assignment.to())) {
                    all.add(assignment);
                }
            }
        }
        all.addAll(Directions.intoPivot(Tasks.IDENTIFICATION, tags));
        all.addAll(Directions.threeLanguages(Tasks.READING, tags));
        all.addAll(Directions.throughPivot(Tasks.VIA_PIVOT, item));
        return all;
    }

    /**
     * The sample.
     *
     * @param assignment one of {@link #possible}
     * @param seed decides the frame and what else is drawn
     * @throws IllegalArgumentException when the item has not what the assignment needs
     */
    public CorpusSample make(SourceItem item, Assignment assignment, long seed) {
        Filling filling = new Filling(this::language, frames, assignment, item.key(), seed);
        if (item instanceof SourceItem.Choice choice) {
            return sample(assignment, filling.choice(choice), choice.source(), choice.key());
        }
        if (item instanceof SourceItem.Parallel parallel) {
            Filling.Made made =
                    switch (assignment.task()) {
                        case Tasks.DICTIONARY -> filling.dictionary(parallel);
                        case Tasks.IDENTIFICATION -> filling.identification(parallel);
                        case Tasks.CONSTRAINED -> filling.constrained(parallel);
                        case Tasks.INTERACTIVE -> filling.interactive(parallel);
                        case Tasks.VIA_PIVOT -> filling.viaPivot(parallel);
                        case Tasks.TRANSLATION, Tasks.DOCUMENT, Tasks.READING -> filling.translation(parallel);
                        default -> throw new IllegalArgumentException(
                                "task " + assignment.task() + " is not made of one parallel item");
                    };
            return sample(assignment, made, parallel.source(), parallel.key());
        }
        throw new IllegalArgumentException("no cross-lingual task is made of an instruction: " + item.key());
    }

    /** Everything that {@link #makeList} can make of the items, always in the same order. */
    public List<Assignment> possibleOfSeveral(List<SourceItem.Parallel> items) {
        if (items.size() < 2) {
            return List.of();
        }
        Set<String> tags = new TreeSet<>(items.get(0).texts().keySet());
        for (SourceItem.Parallel item : items) {
            if (item.kind() != SourceItem.Kind.SENTENCE) {
                return List.of();
            }
            tags.retainAll(item.texts().keySet());
        }
        List<Assignment> all = new ArrayList<>();
        for (String task : List.of(Tasks.LIST, Tasks.DOCUMENT, Tasks.CONTINUED)) {
            all.addAll(Directions.withPivot(task, tags));
        }
        return all;
    }

    /**
     * A sample of several sentences: {@link Tasks#LIST}, {@link Tasks#DOCUMENT} or {@link Tasks#CONTINUED}; for the
     * last two they are consecutive. Its key is the first item's, {@code +}, how many follow.
     *
     * @param items all in both languages of the assignment
     */
    public CorpusSample makeList(List<SourceItem.Parallel> items, Assignment assignment, long seed) {
        Filling filling = new Filling(this::language, frames, assignment, items.get(0).key(), seed);
        Filling.Made made =
                switch (assignment.task()) {
                    case Tasks.LIST -> filling.list(items);
                    case Tasks.DOCUMENT -> filling.document(items);
                    case Tasks.CONTINUED -> filling.continued(items);
                    default -> throw new IllegalArgumentException(
                            "task " + assignment.task() + " is not made of several items");
                };
        SourceItem.Parallel first = items.get(0);
        return sample(assignment, made, first.source(), first.key() + "+" + (items.size() - 1));
    }

    private static CorpusSample sample(Assignment assignment, Filling.Made made, String source, String key) {
        return new CorpusSample(
                Group.CROSS_LINGUAL,
                assignment.language(),
                assignment.task(),
                assignment.direction(),
                made.template(),
                source,
                key,
                List.<Turn>copyOf(made.messages()));
    }

    private Language language(String tag) {
        Language language = languages.get(tag);
        if (language == null) {
            throw new IllegalArgumentException("the registry does not know the language \"" + tag
                    + "\" of an item; take it from Sources.languages");
        }
        return language;
    }
}
