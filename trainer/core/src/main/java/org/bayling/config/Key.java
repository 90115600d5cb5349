package org.bayling.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the key table.
 *
 * @param name the native name; a dot is one level of nesting
 * @param type what its value may be
 * @param standard the default as it would be written; empty where there is none
 * @param doc what it is, with its unit and where the default comes from
 * @param example a value as it would be written; empty where the default is example enough
 * @param required true when there is no default
 * @param words values of other tools
 * @param aliases names of other tools
 */
record Key(
        String name,
        ValueType type,
        String standard,
        String doc,
        String example,
        boolean required,
        Words words,
        List<Alias> aliases) {

    /**
     * Another tool's name for the same thing.
     *
     * @param tool who uses it
     * @param words values whose meaning differs; others are read as they are
     */
    record Alias(String name, String tool, Words words) {}

    static Key of(String name, ValueType type, String standard, String doc) {
        return new Key(name, type, standard, doc, "", false, Words.NONE, List.of());
    }

    Key mustBeGiven() {
        return new Key(name, type, standard, doc, example, true, words, aliases);
    }

    Key example(String text) {
        return new Key(name, type, standard, doc, text, required, words, aliases);
    }

    Key reads(String word, String as) {
        return new Key(name, type, standard, doc, example, required, words.read(word, as), aliases);
    }

    Key refuses(String word, String why) {
        return new Key(name, type, standard, doc, example, required, words.refuse(word, why), aliases);
    }

    Key alias(String alias, String tool) {
        return alias(alias, tool, Words.NONE);
    }

    Key alias(String alias, String tool, Words aliasWords) {
        List<Alias> more = new ArrayList<>(aliases);
        more.add(new Alias(alias, tool, aliasWords));
        return new Key(name, type, standard, doc, example, required, words, List.copyOf(more));
    }
}
