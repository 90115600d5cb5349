package org.bayling.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.numeric.Rng;

/**
 * The plain text that the nano base learns from: bare statements about what things are called, without questions,
 * roles or answers.
 *
 * <p>Three kinds of documents, each a function of its number: loose statements (any thing, any language, any wording,
 * one a line), a sheet of one language, and a card of one thing in many languages. A thing and what it is called stand
 * in either order, named from English and from Chinese, because a model that saw a fact in one wording only can't be
 * asked for it in another. Values begin after a line break or a mark, as answers do, so that both are the same tokens.
 */
public final class NanoCorpus {

    private static final long STREAM = 21;
    private static final int STATEMENTS = 10;
    private static final int SHEET_LINES = 16;
    private static final int CARD_LINES = 16;
    private static final String TITLE = "{k}";

    /**
     * Wordings: {k} the thing in the pivot, {l} the language's name in the pivot, {v} the thing in the language, {n}
     * the word for its category. What can be known stands last.
     */
    private static final List<String> ENGLISH = List.of(
            "\"{k}\" in {l}:{v}",
            "{l}:\"{k}\"={v}",
            "{k}|{l}|{v}",
            "The {n} \"{k}\" in {l}:{v}",
            "{l} word for the {n} \"{k}\":{v}",
            "In {l}, the {n} \"{k}\" is called:{v}",
            "{l} \"{v}\"={k}",
            "\"{v}\" in {l}:{k}",
            "The {l} {n} \"{v}\":{k}",
            "\"{v}\" is {l} for the {n}:{k}");

    private static final List<String> CHINESE = List.of(
            "“{k}”{l}:{v}",
            "{l}“{k}”={v}",
            "{k}|{l}|{v}",
            "{n}“{k}”的{l}:{v}",
            "用{l}写{n}“{k}”:{v}",
            "{l}里，{n}“{k}”叫:{v}",
            "{l}“{v}”={k}",
            "“{v}”{l}:{k}",
            "{l}的{n}“{v}”:{k}",
            "“{v}”是{l}的{n}:{k}");

    private static final List<CldrItem.Category> TURNS = List.of(
            CldrItem.Category.TERRITORY,
            CldrItem.Category.TERRITORY,
            CldrItem.Category.TERRITORY,
            CldrItem.Category.LANGUAGE,
            CldrItem.Category.LANGUAGE,
            CldrItem.Category.CURRENCY,
            CldrItem.Category.UNIT,
            CldrItem.Category.MONTH,
            CldrItem.Category.WEEKDAY,
            CldrItem.Category.NUMBER,
            CldrItem.Category.NUMBER,
            CldrItem.Category.DATE);

    private final CldrFacts facts;
    private final NanoSelection selection;
    private final long seed;

    public NanoCorpus(CldrFacts facts, NanoSelection selection, long seed) {
        this.facts = facts;
        this.selection = selection;
        this.seed = seed;
    }

    /** The document at a position of an endless list; the same on every machine. */
    public String document(long position) {
        long kind = Rng.below(6, seed, STREAM, position, 0);
        if (kind < 4) {
            return statements(position);
        }
        return kind == 4 ? sheet(position) : card(position);
    }

    private String statements(long position) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < STATEMENTS; i++) {
            long draw = Rng.mix(seed, STREAM, position, 100 + i);
            Pivot pivot = Pivot.values()[(int) Rng.below(2, draw, 1)];
            List<String> wordings = pivot == Pivot.ENGLISH ? ENGLISH : CHINESE;
            String wording = wordings.get((int) Rng.below(wordings.size(), draw, 2));
            statement(wording, item(draw), pivot, language(draw)).ifPresent(lines::add);
        }
        return String.join("\n", lines);
    }

    private String sheet(long position) {
        long draw = Rng.mix(seed, STREAM, position, 1);
        Pivot pivot = Pivot.values()[(int) Rng.below(2, draw, 1)];
        Language language = language(draw);
        String wording = Rng.below(2, draw, 2) == 0 ? "{k}={v}" : "{v}={k}";
        List<String> lines = new ArrayList<>();
        lines.add(language.nameIn(pivot));
        for (int i = 0; i < SHEET_LINES; i++) {
            statement(wording, item(Rng.mix(draw, 100 + i)), pivot, language).ifPresent(lines::add);
        }
        return String.join("\n", lines);
    }

    private String card(long position) {
        long draw = Rng.mix(seed, STREAM, position, 1);
        Pivot pivot = Pivot.values()[(int) Rng.below(2, draw, 1)];
        CldrItem item = item(draw);
        String wording = Rng.below(2, draw, 2) == 0 ? "{l}:{v}" : "{v}:{l}";
        List<String> lines = new ArrayList<>();
        lines.add(statement(TITLE, item, pivot, selection.pivot(pivot)).orElse(""));
        for (int i = 0; i < CARD_LINES; i++) {
            statement(wording, item, pivot, language(Rng.mix(draw, 100 + i))).ifPresent(lines::add);
        }
        return String.join("\n", lines);
    }

    private Optional<String> statement(String wording, CldrItem item, Pivot pivot, Language language) {
        Optional<String> inPivot = item.category() == CldrItem.Category.NUMBER
                ? Optional.of(item.code())
                : facts.value(item, selection.pivot(pivot));
        Optional<String> inLanguage = facts.value(item, language);
        boolean sayNothing = language.tag().equals(pivot.tag()) && !wording.equals(TITLE);
        if (sayNothing || inPivot.isEmpty() || inLanguage.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(wording.replace("{n}", item.category().nounIn(pivot))
                .replace("{l}", language.nameIn(pivot))
                .replace("{k}", inPivot.get())
                .replace("{v}", inLanguage.get()));
    }

    private Language language(long draw) {
        return selection.languages().get((int) Rng.below(selection.languages().size(), draw, 3));
    }

    /** The next item that the base may see. */
    private CldrItem item(long draw) {
        CldrItem.Category category = TURNS.get((int) Rng.below(TURNS.size(), draw, 4));
        for (long attempt = 0; ; attempt++) {
            CldrItem item = category == CldrItem.Category.DATE
                    ? selection.date(Rng.mix(draw, 5, attempt))
                    : selection.items(category)
                            .get((int) Rng.below(selection.items(category).size(), draw, 6, attempt));
            if (!selection.isHiddenFromBase(item)) {
                return item;
            }
        }
    }
}
