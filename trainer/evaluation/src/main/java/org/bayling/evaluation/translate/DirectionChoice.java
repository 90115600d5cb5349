package org.bayling.evaluation.translate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bayling.data.DataException;

/**
 * Which directions of a test set are wanted.
 *
 * @param listed {@code en-zh}, {@code eng_Latn-zho_Hans}: any codes of the two languages
 * @param pivots from and to which all other languages are translated
 * @param all every direction that there is
 */
public record DirectionChoice(List<String> listed, List<String> pivots, boolean all) {
    /** So many directions are run without being asked for. */
    private static final int FEW = 8;

    public DirectionChoice {
        listed = List.copyOf(listed);
        pivots = List.copyOf(pivots);
    }

    /**
     * The wanted directions, in the order they were asked for.
     *
     * @throws DataException when a language is unknown, a direction is not in the data, or there are so many that
     *     one has to choose
     */
    List<Direction> of(TestSet set, LanguageDirectory languages) throws DataException {
        List<Direction> known = set.directions();
        if (listed.isEmpty() && pivots.isEmpty()) {
            if (!all && known.size() > FEW) {
                throw new DataException(set.name() + ": has " + known.size() + " directions; choose some with"
                        + " --directions en-zh,zh-en or --pivots en,zh, or take all of them with --all");
            }
            return known;
        }
        Set<Direction> wanted = new LinkedHashSet<>();
        for (String name : listed) {
            wanted.add(find(name, set, known, languages));
        }
        for (String pivot : pivots) {
            NamedLanguage language = require(pivot, languages);
            List<Direction> around = known.stream()
                    .filter(direction -> is(direction.source(), language, languages)
                            || is(direction.target(), language, languages))
                    .toList();
            if (around.isEmpty()) {
                throw missing(pivot, set, known);
            }
            wanted.addAll(around);
        }
        return new ArrayList<>(wanted);
    }

    /** In the words of a report. */
    String description() {
        List<String> parts = new ArrayList<>();
        if (!listed.isEmpty()) {
            parts.add(String.join(", ", listed));
        }
        if (!pivots.isEmpty()) {
            parts.add("from and to " + String.join(", ", pivots));
        }
        return parts.isEmpty() ? "all" : String.join("; ", parts);
    }

    private static Direction find(String name, TestSet set, List<Direction> known, LanguageDirectory languages)
            throws DataException {
        for (Direction direction : known) {
            if (direction.toString().equals(name)) {
                return direction;
            }
        }
        List<Direction> found = new ArrayList<>();
        for (int dash = name.indexOf('-'); dash > 0; dash = name.indexOf('-', dash + 1)) {
            String source = name.substring(0, dash);
            String target = name.substring(dash + 1);
            if (languages.find(source).isPresent() && languages.find(target).isPresent()) {
                NamedLanguage from = require(source, languages);
                NamedLanguage to = require(target, languages);
                known.stream()
                        .filter(direction -> is(direction.source(), from, languages))
                        .filter(direction -> is(direction.target(), to, languages))
                        .forEach(found::add);
                if (found.isEmpty()) {
                    checkPresent(source, from, set, known, languages);
                    checkPresent(target, to, set, known, languages);
                }
            }
        }
        if (found.size() > 1) {
            throw new DataException("direction " + name + ": " + set.name() + " has " + found.get(0) + " and "
                    + found.get(1) + "; name one as it stands there");
        }
        if (found.isEmpty()) {
            throw new DataException("direction " + name + ": is not in " + set.name() + ", or its codes are unknown;"
                    + " expected two codes such as en-zh or eng_Latn-zho_Hans, there are " + some(known));
        }
        return found.get(0);
    }

    private static void checkPresent(
            String code, NamedLanguage language, TestSet set, List<Direction> known, LanguageDirectory languages)
            throws DataException {
        if (known.stream()
                .noneMatch(direction -> is(direction.source(), language, languages)
                        || is(direction.target(), language, languages))) {
            throw missing(code, set, known);
        }
    }

    private static DataException missing(String code, TestSet set, List<Direction> known) {
        TreeSet<String> codes = new TreeSet<>();
        known.forEach(direction -> codes.addAll(List.of(direction.source(), direction.target())));
        return new DataException(set.name() + ": there are no texts in the language '" + code + "'; it has "
                + String.join(", ", codes));
    }

    private static String some(List<Direction> known) {
        Stream<String> first = known.stream().limit(FEW).map(Direction::toString);
        return String.join(", ", first.toList()) + (known.size() > FEW ? ", ..." : "");
    }

    private static boolean is(String code, NamedLanguage language, LanguageDirectory languages) {
        return languages.find(code).filter(found -> found.tag().equals(language.tag())).isPresent();
    }

    private static NamedLanguage require(String code, LanguageDirectory languages) throws DataException {
        return languages
                .find(code)
                .orElseThrow(() -> new DataException("the language code '" + code + "' is unknown; expected BCP 47, ISO"
                        + " 639-3 or a code of FLORES, such as zh, zho, zho_Hans"));
    }
}
