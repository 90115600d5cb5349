package org.bayling.corpus.task;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.Language;
import org.bayling.corpus.Pivot;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.bayling.numeric.Rng;

/** One assignment with its draws: picks a frame and fills it. */
final class Filling {
    /** Frames speak of words. */
    private static final int FEWEST_WORDS = 2;

    private static final int MOST_WORDS = 3;

    private static final int FRAME = 1;
    private static final int SECOND_FRAME = 2;
    private static final int WORDS = 3;
    private static final int COUNT = 4;
    private static final int ORDER = 5;

    private final Function<String, Language> languages;
    private final Frames frames;
    private final Assignment assignment;
    private final long draw;

    /** @param key of the item, so that items of one seed draw differently */
    Filling(Function<String, Language> languages, Frames frames, Assignment assignment, String key, long seed) {
        this.languages = languages;
        this.frames = frames;
        this.assignment = assignment;
        this.draw = Rng.mix(
                seed,
                key.hashCode(),
                assignment.task().hashCode(),
                assignment.from().hashCode(),
                assignment.to().hashCode(),
                assignment.pivot().ordinal());
    }

    /**
     * What became of it.
     *
     * @param template id of the frame
     */
    record Made(String template, List<Turn> messages) {
        static Made of(Frame frame, String question, String answer) {
            return new Made(frame.id(), List.of(Turn.user(question), Turn.assistant(answer)));
        }
    }

    /** Also of a document, and of a passage to be read: all ask for the same content in another language. */
    Made translation(SourceItem.Parallel item) {
        Frame frame = frame(assignment.task(), FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, given(item));
        return Made.of(frame, frame.fill(gaps), answer(item));
    }

    Made constrained(SourceItem.Parallel item) {
        String answer = answer(item);
        int count = FEWEST_WORDS + (int) Rng.below(MOST_WORDS - FEWEST_WORDS + 1, draw, COUNT);
        List<Words.Word> words = drawn(answer, count);
        Frame frame = frame(Tasks.CONSTRAINED, FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, given(item));
        gaps.put(Gap.WORDS, enumeration(words));
        return Made.of(frame, frame.fill(gaps), answer);
    }

    /** The wrong version is the user's: nothing wrong is ever an answer. */
    Made interactive(SourceItem.Parallel item) {
        String answer = answer(item);
        Words.Word lost = drawn(answer, 1).get(0);
        Frame first = frame(Tasks.TRANSLATION, FRAME);
        Frame second = frame(Tasks.INTERACTIVE, SECOND_FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, given(item));
        gaps.put(Gap.WORD, lost.text());
        gaps.put(Gap.DRAFT, Words.without(answer, lost));
        return new Made(second.id(), List.of(
                Turn.user(first.fill(gaps)),
                Turn.assistant(answer),
                Turn.user(second.fill(gaps)),
                Turn.assistant(answer)));
    }

    Made viaPivot(SourceItem.Parallel item) {
        Frame frame = frame(Tasks.VIA_PIVOT, FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, given(item));
        String colon = assignment.pivot() == Pivot.ENGLISH ? ": " : "：";
        String answer = gaps.get(Gap.VIA) + colon + text(item, assignment.pivot().tag()) + "\n"
                + gaps.get(Gap.TARGET) + colon + answer(item);
        return Made.of(frame, frame.fill(gaps), answer);
    }

    Made identification(SourceItem.Parallel item) {
        Frame frame = frame(Tasks.IDENTIFICATION, FRAME);
        String answer = name(assignment.from());
        return Made.of(frame, frame.fill(Map.of(Gap.TEXT, given(item))), answer);
    }

    /** Names, numbers, dates; a number stands in digits on the pivot's side. */
    Made dictionary(SourceItem.Parallel item) {
        Pivot pivot = assignment.pivot();
        boolean fromPivot = assignment.from().equals(pivot.tag());
        String noun = category(item).map(known -> known.nounIn(pivot)).orElse(pivot == Pivot.ENGLISH ? "term" : "词语");
        String kind = item.kind().name().toLowerCase(Locale.ROOT);
        Frame frame = frame(Tasks.DICTIONARY + "-" + kind + (fromPivot ? "-into" : "-out"), FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.KIND, noun);
        gaps.put(Gap.TEXT, side(item, assignment.from()));
        return Made.of(frame, frame.fill(gaps), side(item, assignment.to()));
    }

    Made choice(SourceItem.Choice item) {
        Frame frame = frame(Tasks.CHOICE, FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, item.context());
        gaps.put(Gap.QUESTION, question(item));
        int choices = item.choices().size();
        int shift = (int) Rng.below(choices, draw, ORDER);
        StringBuilder options = new StringBuilder();
        String answer = "";
        for (int place = 0; place < choices; place++) {
            int choice = (place + shift) % choices;
            String option = (char) ('A' + place) + ". " + item.choices().get(choice);
            options.append(place == 0 ? "" : "\n").append(option);
            answer = choice == item.gold() ? option : answer;
        }
        gaps.put(Gap.OPTIONS, options.toString());
        return Made.of(frame, frame.fill(gaps), answer);
    }

    Made list(List<SourceItem.Parallel> items) {
        Frame frame = frame(Tasks.LIST, FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, numbered(items, assignment.from()));
        return Made.of(frame, frame.fill(gaps), numbered(items, assignment.to()));
    }

    Made document(List<SourceItem.Parallel> items) {
        Frame frame = frame(Tasks.DOCUMENT, FRAME);
        Map<Gap, String> gaps = names();
        gaps.put(Gap.TEXT, joined(items, assignment.from()));
        return Made.of(frame, frame.fill(gaps), joined(items, assignment.to()));
    }

    Made continued(List<SourceItem.Parallel> items) {
        Map<Gap, String> gaps = names();
        List<Turn> messages = new ArrayList<>();
        List<Frame> used = new ArrayList<>();
        for (SourceItem.Parallel item : items) {
            Frame frame = used.isEmpty() ? frame(Tasks.TRANSLATION, FRAME) : another(Tasks.CONTINUED, used);
            used.add(frame);
            gaps.put(Gap.TEXT, given(item));
            messages.add(Turn.user(frame.fill(gaps)));
            messages.add(Turn.assistant(answer(item)));
        }
        return new Made(used.get(1).id(), messages);
    }

    private Frame frame(String pool, int purpose) {
        List<Frame> all = frames.of(pool, assignment.pivot());
        return all.get((int) Rng.below(all.size(), draw, purpose));
    }

    /** Not one that was used already. */
    private Frame another(String pool, List<Frame> used) {
        List<Frame> left = new ArrayList<>(frames.of(pool, assignment.pivot()));
        left.removeAll(used);
        return left.get((int) Rng.below(left.size(), draw, SECOND_FRAME, used.size()));
    }

    private Map<Gap, String> names() {
        Map<Gap, String> gaps = new EnumMap<>(Gap.class);
        gaps.put(Gap.SOURCE, name(assignment.from()));
        gaps.put(Gap.TARGET, name(assignment.to()));
        gaps.put(Gap.VIA, name(assignment.pivot().tag()));
        return gaps;
    }

    private String name(String tag) {
        return languages.apply(tag).nameIn(assignment.pivot());
    }

    private String given(SourceItem.Parallel item) {
        return text(item, assignment.from());
    }

    private String answer(SourceItem.Parallel item) {
        return text(item, assignment.to());
    }

    private static String text(SourceItem.Parallel item, String tag) {
        String text = item.texts().get(tag);
        if (text == null) {
            throw new IllegalArgumentException(
                    "item " + item.key() + " of " + item.source() + " has no text in " + tag);
        }
        return text;
    }

    private List<Words.Word> drawn(String answer, int count) {
        List<Words.Word> candidates = Words.candidates(answer, languages.apply(assignment.to()));
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("the answer has no word to ask for: " + answer);
        }
        return Words.drawn(candidates, count, Rng.mix(draw, WORDS));
    }

    /** In quotation marks, which set the words off from the frame. */
    private String enumeration(List<Words.Word> words) {
        List<String> quoted = words.stream().map(word -> "“" + word.text() + "”").toList();
        if (assignment.pivot() == Pivot.CHINESE) {
            return String.join("、", quoted);
        }
        String last = quoted.get(quoted.size() - 1);
        return quoted.size() == 1 ? last : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " and " + last;
    }

    private String side(SourceItem.Parallel item, String tag) {
        boolean digits = category(item).filter(CldrItem.Category.NUMBER::equals).isPresent();
        return digits && tag.equals(assignment.pivot().tag())
                ? item.key().substring(item.key().indexOf('/') + 1)
                : text(item, tag);
    }

    private static Optional<CldrItem.Category> category(SourceItem.Parallel item) {
        int slash = item.key().indexOf('/');
        String tag = slash < 0 ? "" : item.key().substring(0, slash);
        for (CldrItem.Category category : CldrItem.Category.values()) {
            if (category.tag().equals(tag)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }

    private String question(SourceItem.Choice item) {
        List<Frame> all = frames.of(Frames.CHOICE_QUESTIONS, assignment.pivot());
        int half = all.size() / 2;
        int number = (int) Rng.below(half, draw, SECOND_FRAME);
        return switch (item.question()) {
            case "cause" -> all.get(number).fill(Map.of());
            case "effect" -> all.get(half + number).fill(Map.of());
            default -> item.question();
        };
    }

    private String joined(List<SourceItem.Parallel> items, String tag) {
        String space = Words.writtenWithoutSpaces(languages.apply(tag)) ? "" : " ";
        return items.stream().map(item -> text(item, tag)).collect(Collectors.joining(space));
    }

    private static String numbered(List<SourceItem.Parallel> items, String tag) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            lines.append(i == 0 ? "" : "\n").append(i + 1).append(". ").append(text(items.get(i), tag));
        }
        return lines.toString();
    }
}
