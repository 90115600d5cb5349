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

    private static final String LANGUAGES = "af ar az bg bn ca cs da de el es et fa fi fr he hi hr hu hy id it ja ka "
            + "kk ko lt lv mk nb nl pl pt ro ru sk sr sv sw ta th tr uk ur vi";

    private static final String TERRITORIES = "AF AR AM AU AT AZ BD BE BO BR BG KH CM CA CL CN CO CR HR CU CZ DK EC EG "
            + "EE ET FI FR GE DE GH GR HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KR LA LV LB LT LU MY MX MN MA MM NP NL "
            + "NZ NG NO PK PE PH PL PT RO RU SA RS SK ZA ES SE CH TH TN TR UA AE GB US UY VE VN";

    private static final String NAMED_LANGUAGES = "af am ar az bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id "
            + "is it ja ka km ko la lt lv mn nl pl pt ro ru sk sv sw ta th tr uk ur vi zh";

    private static final String CURRENCIES =
            "AUD BRL CAD CHF CNY EGP EUR GBP IDR INR JPY KRW MXN NGN PLN RUB SAR SEK THB TRY UAH USD VND ZAR";

    private static final String UNITS = "centimeter day degree foot gram hertz hour inch kilogram kilometer liter meter "
            + "mile minute month second volt watt week year";

    private static final int LARGEST_NUMBER = 199;
    private static final int FIRST_YEAR = 2000;
    private static final int YEARS = 30;

    /** Every language has the irregular numbers up to here in its text; from here on they are composed. */
    private static final int FIRST_COMPOSED = 101;

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
            case NUMBER -> Integer.parseInt(item.code()) >= FIRST_COMPOSED && drawn(item, 0.25);
            case DATE -> drawn(item, 0.1);
            case MONTH, WEEKDAY -> heldOutOfFew(item);
            default -> drawn(item, 0.2);
        };
    }

    /** True when the base's plain text may not contain this item either. */
    public boolean isHiddenFromBase(CldrItem item) {
        return !item.category().isName() && isHeldOut(item);
    }

    /** A fixed number of the twelve months and of the seven weekdays, so that a small set never loses all or none. */
    private boolean heldOutOfFew(CldrItem item) {
        List<CldrItem> all = items(item.category());
        int count = item.category() == CldrItem.Category.MONTH ? 2 : 1;
        int first = (int) Rng.below(all.size(), seed, 3, item.category().ordinal());
        int place = Math.floorMod(all.indexOf(item) - first, all.size());
        return place % 5 == 0 && place / 5 < count;
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
