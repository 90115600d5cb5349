package org.bayling.corpus;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bayling.numeric.Rng;

/**
 * Which languages and which things the nano base and the quickstart are about, and which of the things are held out.
 *
 * <p>Two kinds of holding out, both by whole item, in every language at once. A held-out <em>name</em> (a territory, a
 * month) stands in the base's plain text and in no instruction: tuning has to carry the habit of answering over to it.
 * A held-out <em>number or date</em> stands neither in the base's text nor in any instruction: it has to be composed.
 */
public final class NanoSelection {

    private static final String LANGUAGES =
            "af ar bg bn cs da de el es et fa fi fr he hi hr hu hy id it ja ka kk ko lt nb nl pl pt ro ru sr sv sw ta "
                    + "th tr uk ur vi";

    private static final String TERRITORIES =
            "AU BR CA CN DE EG ES FR GB GR IN IT JP KE KR MX NL NO PL PT RU SE TH TR UA US";

    private static final String NAMED_LANGUAGES = "ar de el en es fr hi it ja ko pl pt ru sv th tr zh";

    private static final String CURRENCIES = "CNY EUR GBP INR JPY USD";

    private static final String UNITS = "day hour kilogram kilometer liter meter minute week year";

    private static final int LARGEST_NUMBER = 99;
    private static final int FIRST_YEAR = 2000;
    private static final int YEARS = 30;

    /** Every language has the numbers before this one, and the full tens, in its text; the others are composed. */
    private static final int FIRST_COMPOSED = 21;

    private final long seed;
    private final List<Language> languages;
    private final Map<CldrItem.Category, List<CldrItem>> items = new EnumMap<>(CldrItem.Category.class);

    /**
     * Selects what is held out.
     *
     * @param seed decides what is held out, and nothing else
     */
    public NanoSelection(LanguageRegistry registry, long seed) {
        this.seed = seed;
        List<Language> chosen = new ArrayList<>();
        for (String tag : ("en zh " + LANGUAGES).split(" ")) {
            chosen.add(registry.require(tag));
        }
        languages = List.copyOf(chosen);
        for (CldrItem.Category category : CldrItem.Category.values()) {
            items.put(category, codes(category).stream().map(code -> new CldrItem(category, code)).toList());
        }
    }

    /** The languages, English and Chinese first. */
    public List<Language> languages() {
        return languages;
    }

    /** A pivot as a language. */
    public Language pivot(Pivot pivot) {
        return languages.get(pivot == Pivot.ENGLISH ? 0 : 1);
    }

    /** All items of a category; none for dates, of which there are too many to list: see {@link #date}. */
    public List<CldrItem> items(CldrItem.Category category) {
        return items.get(category);
    }

    /** The date at a position of an endless deterministic list: every day of the years 2000 to 2029 is as likely. */
    public CldrItem date(long position) {
        int year = FIRST_YEAR + (int) Rng.below(YEARS, seed, 1, position);
        int dayOfYear = (int) Rng.below(365, seed, 2, position);
        return new CldrItem(
                CldrItem.Category.DATE,
                LocalDate.of(year, 1, 1).plusDays(dayOfYear).toString());
    }

    /** True when no instruction of the tuning set may be about this item, in whatever language. */
    public boolean isHeldOut(CldrItem item) {
        return switch (item.category()) {
            case NUMBER -> isComposed(Integer.parseInt(item.code())) && drawn(item, 0.25);
            case DATE -> drawn(item, 0.1);
            default -> everyFifth(item);
        };
    }

    /** True when the base's plain text may not contain this item either. */
    public boolean isHiddenFromBase(CldrItem item) {
        return !item.category().isName() && isHeldOut(item);
    }

    private static boolean isComposed(int number) {
        return number >= FIRST_COMPOSED && number % 10 != 0;
    }

    /** A fifth of the names, counted from a drawn place on, so that a small set never loses all or none. */
    private boolean everyFifth(CldrItem item) {
        List<CldrItem> all = items.get(item.category());
        int first = (int) Rng.below(all.size(), seed, 3, item.category().ordinal());
        int place = Math.floorMod(all.indexOf(item) - first, all.size());
        return place % 5 == 0 && place / 5 < Math.max(1, all.size() / 5);
    }

    private boolean drawn(CldrItem item, double share) {
        return Rng.uniform(seed, 4, item.category().ordinal(), item.code().hashCode()) < share;
    }

    private static List<String> codes(CldrItem.Category category) {
        return switch (category) {
            case TERRITORY -> List.of(TERRITORIES.split(" "));
            case LANGUAGE -> List.of(NAMED_LANGUAGES.split(" "));
            case CURRENCY -> List.of(CURRENCIES.split(" "));
            case UNIT -> List.of(UNITS.split(" "));
            case MONTH -> count(1, 12);
            case WEEKDAY -> count(1, 7);
            case NUMBER -> count(0, LARGEST_NUMBER);
            case DATE -> List.of();
        };
    }

    private static List<String> count(int first, int last) {
        List<String> codes = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            codes.add(Integer.toString(i));
        }
        return codes;
    }
}
