package org.bayling.corpus.source;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bayling.config.DataConfig;
import org.bayling.corpus.CldrItem;
import org.bayling.corpus.sample.Group;

/**
 * One entry of {@code sources} in a corpus recipe; the package page gives the YAML. {@code toString} says all of it, in a
 * fixed order.
 */
public sealed interface SourceRecipe {
    /** Unique in the recipe. */
    String id();

    /** SPDX id or a name; carried into the corpus. */
    String licence();

    /** Files, folders and globs; empty for CLDR. */
    List<String> paths();

    /** The group that the recipe puts its samples into; empty leaves it to the kind of the items. */
    default Optional<Group> group() {
        return Optional.empty();
    }

    /**
     * Instructions with answers.
     *
     * @param columns our field name to the file's
     * @param language of rows that do not name their own
     */
    record Instructions(
            String id,
            String licence,
            List<String> paths,
            DataConfig.Format format,
            Map<String, String> columns,
            Optional<String> language,
            Optional<Group> group)
            implements SourceRecipe {
        public Instructions {
            paths = List.copyOf(paths);
            columns = Collections.unmodifiableMap(new TreeMap<>(columns));
        }
    }

    /**
     * Text in two languages.
     *
     * @param languages of the two files or columns; empty where the rows name them
     * @param kind what one line or row is
     */
    record Parallel(
            String id,
            String licence,
            List<String> paths,
            ParallelFormat format,
            List<String> languages,
            SourceItem.Kind kind)
            implements SourceRecipe {
        public Parallel {
            paths = List.copyOf(paths);
            languages = List.copyOf(languages);
        }
    }

    /**
     * Text in many languages.
     *
     * @param languages to take; empty for all
     */
    record MultiParallel(String id, String licence, List<String> paths, MultiFormat format, Set<String> languages)
            implements SourceRecipe {
        public MultiParallel {
            paths = List.copyOf(paths);
            languages = Collections.unmodifiableSet(new TreeSet<>(languages));
        }
    }

    /** Questions with choices, in XCOPA's layout; the language stands in the file's name or is given. */
    record Choice(String id, String licence, List<String> paths, Optional<String> language) implements SourceRecipe {
        public Choice {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Names, numbers and dates of CLDR.
     *
     * @param categories to take; empty for all
     * @param languages to take; empty for all
     * @param largestNumber numbers 0 to this one are spelled out
     * @param dates how many different days
     */
    record Cldr(
            String id,
            String licence,
            Set<CldrItem.Category> categories,
            Set<String> languages,
            int largestNumber,
            int dates)
            implements SourceRecipe {
        public Cldr {
            categories = Collections.unmodifiableSet(new TreeSet<>(categories));
            languages = Collections.unmodifiableSet(new TreeSet<>(languages));
        }

        @Override
        public List<String> paths() {
            return List.of();
        }
    }

    /** How parallel text lies in files. */
    enum ParallelFormat {
        /** Two files, line for line. */
        LINES,
        /** One file, two columns, no header. */
        TSV,
        /** One object a line. */
        JSONL,
        /** Translation Memory eXchange. */
        TMX
    }

    /** How text in many languages lies in files. */
    enum MultiFormat {
        /** A folder of one file for each language, line for line. */
        FLORES,
        /** One object a language: its text in numbered sections of paragraphs. */
        DECLARATIONS
    }
}
