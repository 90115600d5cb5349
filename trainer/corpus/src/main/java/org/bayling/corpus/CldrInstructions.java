package org.bayling.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bayling.numeric.Rng;

/**
 * The quickstart's instructions: what CLDR knows, asked for in English and Chinese, into 40 other languages and back.
 *
 * <p>Everything is a pure function of the seed. The tuning set and the held-out set share languages and frames, never
 * an item: see {@link NanoSelection}.
 */
public final class CldrInstructions {

    /** Longest answer in UTF-8; longer ones would measure patience instead of knowledge. */
    static final int LONGEST_ANSWER = 48;

    /** How often each category is asked about, in turn. */
    private static final List<CldrItem.Category> TURNS = List.of(
            CldrItem.Category.TERRITORY,
            CldrItem.Category.NUMBER,
            CldrItem.Category.LANGUAGE,
            CldrItem.Category.TERRITORY,
            CldrItem.Category.DATE,
            CldrItem.Category.MONTH,
            CldrItem.Category.CURRENCY,
            CldrItem.Category.NUMBER,
            CldrItem.Category.UNIT,
            CldrItem.Category.LANGUAGE,
            CldrItem.Category.WEEKDAY,
            CldrItem.Category.TERRITORY);

    private static final long TUNING = 11;
    private static final long HELD_OUT = 12;
    private static final long CHOICES = 13;

    /** Options of a question, the right one among them. */
    private static final int OPTIONS = 4;

    private final CldrFacts facts;
    private final NanoSelection selection;
    private final long seed;
    private final Map<Language, List<CldrItem.Category>> turns = new HashMap<>();

    /**
     * Makes no samples yet.
     *
     * @param seed of items, directions and frames
     */
    public CldrInstructions(CldrFacts facts, NanoSelection selection, long seed) {
        this.facts = facts;
        this.selection = selection;
        this.seed = seed;
    }

    /** Different instructions about items that are not held out, languages in turn. */
    public List<Instruction> tuning(int count) {
        return draw(TUNING, count, false);
    }

    /** Different instructions about held-out items only, the same number for each language, give or take one. */
    public List<Instruction> heldOut(int count) {
        return draw(HELD_OUT, count, true);
    }

    /**
     * A sample as a question with options: the right answer among what other things of its category are called in the
     * same language.
     *
     * @param number of the question; it decides about the options and their order
     */
    public CldrChoice choice(Instruction sample, long number) {
        List<String> options = new ArrayList<>();
        Direction direction = sample.direction();
        for (long attempt = 0; options.size() < OPTIONS - 1; attempt++) {
            CldrItem other = item(sample.item().category(), Rng.mix(CHOICES, number), attempt);
            Optional<String> answer = direction.fromPivot()
                    ? facts.value(other, direction.language())
                    : sideIn(direction.pivot(), other);
            answer.filter(text -> !text.equals(sample.output()) && !options.contains(text))
                    .ifPresent(options::add);
        }
        int right = (int) Rng.below(OPTIONS, seed, CHOICES, number);
        options.add(right, sample.output());
        return new CldrChoice(sample, options, right);
    }

    private List<Instruction> draw(long stream, int count, boolean heldOut) {
        List<Instruction> drawn = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int languages = selection.languages().size();
        long limit = 200L * count + 10_000;
        for (long attempt = 0; drawn.size() < count; attempt++) {
            if (attempt > limit) {
                throw new IllegalArgumentException("only " + drawn.size() + " different "
                        + (heldOut ? "held-out" : "tuning") + " instructions exist, asked for " + count);
            }
            int round = drawn.size() / languages;
            Language language = selection.languages().get(drawn.size() % languages);
            Optional<Instruction> next = attempt(stream, attempt, language, turn(round, language), heldOut);
            if (next.isPresent() && seen.add(next.get().instruction())) {
                drawn.add(next.get());
            }
        }
        return drawn;
    }

    /** Languages begin at different categories, so that a short set covers all categories too. */
    private CldrItem.Category turn(int round, Language language) {
        List<CldrItem.Category> own = turns.computeIfAbsent(language, this::ownTurns);
        int start = selection.languages().indexOf(language) * 5;
        return own.get((start + round) % own.size());
    }

    private List<CldrItem.Category> ownTurns(Language language) {
        List<CldrItem.Category> own = new ArrayList<>(TURNS);
        own.retainAll(facts.categories(language));
        return own;
    }

    private Optional<Instruction> attempt(
            long stream, long attempt, Language language, CldrItem.Category category, boolean heldOut) {
        CldrItem item = item(category, stream, attempt);
        Pivot pivot = pivot(language, Rng.below(2, seed, stream, attempt, 1));
        boolean fromPivot = Rng.below(3, seed, stream, attempt, 2) < 2;
        if (selection.isHeldOut(item) != heldOut) {
            return Optional.empty();
        }
        return fill(item, new Direction(pivot, language, fromPivot), Rng.mix(seed, stream, attempt, 3));
    }

    private CldrItem item(CldrItem.Category category, long stream, long attempt) {
        if (category == CldrItem.Category.DATE) {
            return selection.date(Rng.mix(seed, stream, attempt, 4));
        }
        List<CldrItem> items = selection.items(category);
        return items.get((int) Rng.below(items.size(), seed, stream, attempt, 5));
    }

    private static Pivot pivot(Language language, long draw) {
        return switch (language.tag()) {
            case "en" -> Pivot.CHINESE;
            case "zh" -> Pivot.ENGLISH;
            default -> draw == 0 ? Pivot.ENGLISH : Pivot.CHINESE;
        };
    }

    private Optional<Instruction> fill(CldrItem item, Direction direction, long draw) {
        Optional<String> inPivot = sideIn(direction.pivot(), item);
        Optional<String> inLanguage = facts.value(item, direction.language());
        if (inPivot.isEmpty() || inLanguage.isEmpty()) {
            return Optional.empty();
        }
        String asked = direction.fromPivot() ? inPivot.get() : inLanguage.get();
        String answer = direction.fromPivot() ? inLanguage.get() : inPivot.get();
        if (answer.getBytes(StandardCharsets.UTF_8).length > LONGEST_ANSWER) {
            return Optional.empty();
        }
        List<String> frames = InstructionFrames.of(item.category(), direction.pivot(), direction.fromPivot());
        int frame = (int) Rng.below(frames.size(), draw);
        String text = InstructionFrames.fill(
                frames.get(frame),
                asked,
                item.category().nounIn(direction.pivot()),
                direction.language().nameIn(direction.pivot()));
        String template = item.category().tag() + "-" + direction.pivot().tag()
                + (direction.fromPivot() ? "-into-" : "-out-") + (frame + 1);
        return Optional.of(new Instruction(text, answer, direction, item, template));
    }

    /** Numbers stand as digits on the pivot's side, in question and answer. */
    private Optional<String> sideIn(Pivot pivot, CldrItem item) {
        if (item.category() == CldrItem.Category.NUMBER) {
            return Optional.of(item.code());
        }
        return facts.value(item, selection.pivot(pivot));
    }
}
