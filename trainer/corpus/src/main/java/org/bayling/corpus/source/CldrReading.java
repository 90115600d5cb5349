package org.bayling.corpus.source;

import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bayling.corpus.CldrFacts;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.Pivot;

/** What CLDR calls things, in every language in which it calls them something. */
final class CldrReading {
    private static final LocalDate FIRST_DAY = LocalDate.of(1950, 1, 1);
    private static final int DAYS = 36_524;

    private final SourceRecipe.Cldr recipe;
    private final LanguageNames languages;

    CldrReading(SourceRecipe.Cldr recipe, LanguageRegistry registry) {
        this.recipe = recipe;
        this.languages = new LanguageNames(registry);
    }

    void read(Consumer<SourceItem> sink) throws IOException {
        CldrFacts facts = new CldrFacts();
        List<Language> wanted = wanted();
        for (CldrItem.Category category : CldrItem.Category.values()) {
            if (recipe.categories().isEmpty() || recipe.categories().contains(category)) {
                List<CldrItem> items = codes(category, facts).stream()
                        .map(code -> new CldrItem(category, code))
                        .toList();
                List<Language> translated = category.isName() ? translated(items, wanted, facts) : wanted;
                items.forEach(item -> item(item, translated, facts, sink));
            }
        }
    }

    /** Some languages' data are copies of the English ones: those that call more than half of the things the same. */
    private List<Language> translated(List<CldrItem> items, List<Language> wanted, CldrFacts facts) {
        Language english = languages.registry().require("en");
        return wanted.stream()
                .filter(language -> {
                    int named = 0;
                    int same = 0;
                    for (CldrItem item : items) {
                        Optional<String> name = facts.value(item, language);
                        named += name.isPresent() ? 1 : 0;
                        same += name.isPresent() && name.equals(facts.value(item, english)) ? 1 : 0;
                    }
                    return language.equals(english) || 2 * same <= named;
                })
                .toList();
    }

    /** The languages of the recipe and both pivots, which every task ties them to. */
    private List<Language> wanted() throws IOException {
        Set<String> tags = new HashSet<>();
        if (!recipe.languages().isEmpty()) {
            for (Pivot pivot : Pivot.values()) {
                tags.add(pivot.tag());
            }
        }
        for (String code : recipe.languages()) {
            tags.add(languages.tag(code, "source '" + recipe.id() + "', languages"));
        }
        return languages.registry().inCldr().stream()
                .filter(language -> tags.isEmpty() || tags.contains(language.tag()))
                .toList();
    }

    private void item(CldrItem item, List<Language> wanted, CldrFacts facts, Consumer<SourceItem> sink) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Language language : wanted) {
            facts.value(item, language).ifPresent(text -> texts.put(language.tag(), text));
        }
        if (texts.size() >= 2) {
            sink.accept(new SourceItem.Parallel(
                    recipe.id(), item.id(), kind(item.category()), Collections.unmodifiableSortedMap(texts)));
        }
    }

    private static SourceItem.Kind kind(CldrItem.Category category) {
        return switch (category) {
            case NUMBER -> SourceItem.Kind.NUMBER;
            case DATE -> SourceItem.Kind.DATE;
            default -> SourceItem.Kind.NAME;
        };
    }

    private List<String> codes(CldrItem.Category category, CldrFacts facts) {
        return switch (category) {
            case TERRITORY -> Arrays.stream(ULocale.getISOCountries()).sorted().toList();
            case LANGUAGE -> Arrays.stream(ULocale.getISOLanguages()).sorted().toList();
            case CURRENCY -> Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .sorted()
                    .toList();
            case UNIT -> facts.units();
            case MONTH -> numbers(1, 12);
            case WEEKDAY -> numbers(1, 7);
            case NUMBER -> numbers(0, recipe.largestNumber());
            case DATE -> dates();
        };
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    /** As many days, spread evenly over the years 1950 to 2049. */
    private List<String> dates() {
        List<String> dates = new ArrayList<>();
        for (int i = 0; i < Math.min(recipe.dates(), DAYS); i++) {
            dates.add(FIRST_DAY.plusDays((long) i * DAYS / Math.min(recipe.dates(), DAYS)).toString());
        }
        return dates;
    }
}
