package org.bayling.corpus;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.GregorianCalendar;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What things are called in the world's languages, as CLDR says it: territories, languages, currencies, units, months,
 * weekdays, spelled-out whole numbers, long dates.
 *
 * <p>An answer is given only where the language has data of its own. ICU would otherwise fall back to its root data or
 * to the machine's default locale without a word, so that Urdu numbers came out in English: each category below has a
 * check against that. Answers are NFC, without soft hyphens and direction marks, and with plain spaces only.
 *
 * <p>Keeps formatters between calls and is not safe for use by several threads.
 */
public final class CldrFacts {

    /** Soft hyphens, zero-width spaces and direction marks. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u00AD\\u200B\\u200E\\u200F\\u061C\\u2066-\\u2069\\u202A-\\u202E]");

    private static final Pattern SPACES = Pattern.compile("[\\u00A0\\u2007\\u2009\\u202F]");
    /** Months as CLDR's root data call them; one language has some of its own only. */
    private static final Pattern ROOT_MONTH = Pattern.compile("M\\d\\d|");

    private static final String CANARY_UNIT = "kilometer";

    private final Map<String, Names> names = new HashMap<>();
    private final Map<String, MeasureUnit> units = new TreeMap<>();
    private final Names root = new Names(ULocale.ROOT);

    public CldrFacts() {
        for (String type : MeasureUnit.getAvailableTypes()) {
            for (MeasureUnit unit : MeasureUnit.getAvailable(type)) {
                units.put(unit.getSubtype(), unit);
            }
        }
    }

    /**
     * What the item is called in the language, or nothing where the language has no data of its own for it.
     *
     * @throws IllegalArgumentException when the item's code does not exist
     */
    public Optional<String> value(CldrItem item, Language language) {
        Names in = names.computeIfAbsent(language.tag(), tag -> new Names(ULocale.forLanguageTag(tag)));
        String value =
                switch (item.category()) {
                    case TERRITORY -> in.display.regionDisplayName(item.code());
                    case LANGUAGE -> in.display.languageDisplayName(item.code());
                    case CURRENCY -> currency(item.code(), in);
                    case UNIT -> unit(item.code(), in);
                    case MONTH -> in.ownSymbols ? in.months[Integer.parseInt(item.code()) - 1] : null;
                    case WEEKDAY -> in.ownSymbols ? in.weekdays[Integer.parseInt(item.code())] : null;
                    case NUMBER -> number(item.code(), in);
                    case DATE -> date(item.code(), in);
                };
        return Optional.ofNullable(value).map(CldrFacts::plain).filter(text -> !text.isEmpty());
    }

    /** Codes of all units that CLDR has names for, in alphabetical order; no currencies. */
    public List<String> units() {
        List<String> named = new ArrayList<>();
        for (Map.Entry<String, MeasureUnit> unit : units.entrySet()) {
            if (!unit.getValue().getType().equals("currency") && hasName(unit.getValue())) {
                named.add(unit.getKey());
            }
        }
        return named;
    }

    /** Some units only stand in conversion tables. */
    private boolean hasName(MeasureUnit unit) {
        try {
            return !root.measures.getUnitDisplayName(unit).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The categories that a language has data of its own for, judged by one well-known item each. */
    public List<CldrItem.Category> categories(Language language) {
        List<CldrItem.Category> own = new ArrayList<>();
        for (CldrItem.Category category : CldrItem.Category.values()) {
            if (value(new CldrItem(category, canary(category)), language).isPresent()) {
                own.add(category);
            }
        }
        return own;
    }

    private static String canary(CldrItem.Category category) {
        return switch (category) {
            case TERRITORY -> "JP";
            case LANGUAGE -> "fr";
            case CURRENCY -> "INR";
            case UNIT -> CANARY_UNIT;
            case MONTH, WEEKDAY -> "1";
            case NUMBER -> "47";
            case DATE -> "2024-03-05";
        };
    }

    private static String currency(String code, Names in) {
        String name = Currency.getInstance(code).getName(in.locale, Currency.LONG_NAME, null);
        return name.equals(code) ? null : name;
    }

    private String unit(String code, Names in) {
        MeasureUnit unit = units.get(code);
        if (unit == null) {
            throw new IllegalArgumentException("CLDR has no unit \"" + code + "\"");
        }
        MeasureUnit canary = units.get(CANARY_UNIT);
        boolean own = !in.measures.getUnitDisplayName(canary).equals(root.measures.getUnitDisplayName(canary));
        return own ? in.measures.getUnitDisplayName(unit) : null;
    }

    private static String number(String code, Names in) {
        if (in.spellout == null) {
            in.spellout = new RuleBasedNumberFormat(in.locale, RuleBasedNumberFormat.SPELLOUT);
        }
        String actual = in.spellout.getLocale(ULocale.ACTUAL_LOCALE).getLanguage();
        return actual.equals(in.locale.getLanguage()) ? in.spellout.format(Long.parseLong(code)) : null;
    }

    private static String date(String code, Names in) {
        if (!in.ownSymbols) {
            return null;
        }
        return in.dates.format(Date.from(LocalDate.parse(code).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    private static String plain(String text) {
        String visible = INVISIBLE.matcher(text).replaceAll("");
        String spaced = SPACES.matcher(visible).replaceAll(" ").strip();
        return Normalizer.normalize(spaced, Normalizer.Form.NFC);
    }

    /** The formatters of one language; dates are Gregorian and UTC whatever the language's own calendar is. */
    private static final class Names {
        private final ULocale locale;
        private final LocaleDisplayNames display;
        private final MeasureFormat measures;
        private final String[] months;
        private final String[] weekdays;
        private final boolean ownSymbols;
        private final DateFormat dates;
        private RuleBasedNumberFormat spellout;

        Names(ULocale locale) {
            this.locale = locale;
            display = LocaleDisplayNames.getInstance(
                    locale, DisplayContext.NO_SUBSTITUTE, DisplayContext.CAPITALIZATION_NONE);
            measures = MeasureFormat.getInstance(locale, MeasureFormat.FormatWidth.WIDE);
            ULocale gregorian = locale.setKeywordValue("calendar", "gregorian");
            DateFormatSymbols symbols = DateFormatSymbols.getInstance(gregorian);
            months = symbols.getMonths(DateFormatSymbols.STANDALONE, DateFormatSymbols.WIDE);
            weekdays = symbols.getWeekdays(DateFormatSymbols.STANDALONE, DateFormatSymbols.WIDE);
            ownSymbols = Arrays.stream(months).noneMatch(ROOT_MONTH.asMatchPredicate());
            dates = DateFormat.getDateInstance(
                    new GregorianCalendar(TimeZone.GMT_ZONE, gregorian), DateFormat.LONG, gregorian);
            dates.setTimeZone(TimeZone.GMT_ZONE);
        }
    }
}
