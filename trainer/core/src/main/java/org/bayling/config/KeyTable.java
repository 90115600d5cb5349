package org.bayling.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a mapping by a table of keys: aliases, other tools' values, refused and unknown keys, types, defaults. */
final class KeyTable {
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, Name> names = new LinkedHashMap<>();
    private final Map<String, ForeignKey> foreign;

    /** @param alias null for the native name */
    private record Name(Key key, Key.Alias alias) {}

    /** A value as it was written, before its type is looked at. */
    private record Candidate(Name name, String path, ConfigNode node, Origin origin) {
        boolean isOverride() {
            return node.origin().equals(Origin.OVERRIDE);
        }
    }

    KeyTable(List<Key> keys, List<ForeignKey> foreign) {
        for (Key key : keys) {
            this.keys.put(key.name(), key);
            names.put(key.name(), new Name(key, null));
            key.aliases().forEach(alias -> names.put(alias.name(), new Name(key, alias)));
        }
        this.foreign = foreign.stream()
                .collect(Collectors.toMap(ForeignKey::name, key -> key, (a, b) -> a, LinkedHashMap::new));
    }

    Collection<Key> keys() {
        return keys.values();
    }

    Collection<ForeignKey> foreign() {
        return foreign.values();
    }

    /** The setting of every key. Problems are recorded under {@code prefix} + name. */
    Settings read(ConfigNode.Mapping mapping, String prefix, Findings findings) {
        Map<String, ConfigNode.Entry> flat = new LinkedHashMap<>();
        flatten(mapping, "", flat, findings);
        Map<String, List<Candidate>> candidates = new LinkedHashMap<>();
        Set<String> broken = new LinkedHashSet<>();
        flat.forEach((name, entry) -> collect(name, entry, prefix, candidates, broken, findings));

        Map<String, Setting> values = new LinkedHashMap<>();
        for (Key key : keys.values()) {
            Candidate chosen = choose(candidates.getOrDefault(key.name(), List.of()), broken, findings);
            if (chosen != null) {
                Object value = key.type().read(chosen.node(), chosen.path(), findings);
                if (value == null) {
                    broken.add(key.name());
                } else {
                    values.put(key.name(), new Setting(chosen.path(), value, chosen.origin()));
                    announce(chosen, findings);
                }
            }
            fillDefault(key, prefix, values, broken.contains(key.name()), mapping.origin(), findings);
        }
        return new Settings(values, broken);
    }

    /** Nested mappings become dotted names where the table knows any name below them. */
    private void flatten(
            ConfigNode.Mapping mapping, String prefix, Map<String, ConfigNode.Entry> flat, Findings findings) {
        mapping.entries().forEach((part, entry) -> {
            String name = prefix + part;
            if (entry.value() instanceof ConfigNode.Mapping inner && isParent(name)) {
                flatten(inner, name + ".", flat, findings);
            } else if (flat.putIfAbsent(name, entry) != null) {
                findings.problem(entry.keyOrigin(), name, "written twice", "remove one");
            }
        });
    }

    private boolean isParent(String name) {
        String prefix = name + ".";
        return names.keySet().stream().anyMatch(known -> known.startsWith(prefix))
                || foreign.keySet().stream().anyMatch(known -> known.startsWith(prefix));
    }

    private void collect(
            String written,
            ConfigNode.Entry entry,
            String prefix,
            Map<String, List<Candidate>> candidates,
            Set<String> broken,
            Findings findings) {
        String path = prefix + written;
        Name name = names.get(written);
        if (name == null) {
            if (foreign.containsKey(written)) {
                foreign.get(written).judge(path, entry, findings);
            } else {
                findings.problem(entry.keyOrigin(), path, "unknown key", nearest(written));
            }
            return;
        }
        Candidate candidate = new Candidate(name, path, entry.value(), entry.keyOrigin());
        if (entry.value() instanceof ConfigNode.Scalar scalar) {
            String refusal = refusal(name, word(scalar));
            if (refusal != null) {
                findings.problem(entry.keyOrigin(), path, scalar.kind() + " is refused: " + refusal);
                broken.add(name.key().name());
                return;
            }
            candidate = translate(candidate, scalar, findings);
        }
        if (candidate != null) {
            candidates.computeIfAbsent(name.key().name(), k -> new ArrayList<>()).add(candidate);
        }
    }

    private static String word(ConfigNode.Scalar scalar) {
        return scalar.isNull() ? Words.NOTHING : ValueTypes.canonical(scalar.text());
    }

    private static String refusal(Name name, String word) {
        String ofAlias = name.alias() == null ? null : name.alias().words().refused().get(word);
        return ofAlias == null ? name.key().words().refused().get(word) : ofAlias;
    }

    /** The candidate with its value in our words, or null where it says nothing. */
    private static Candidate translate(Candidate candidate, ConfigNode.Scalar scalar, Findings findings) {
        String word = word(scalar);
        Name name = candidate.name();
        String ofAlias = name.alias() == null ? null : name.alias().words().read().get(word);
        String reading = ofAlias == null ? name.key().words().read().get(word) : ofAlias;
        if (Words.NOTHING.equals(reading)) {
            findings.notice(candidate.path() + ": " + scalar.text() + " changes nothing");
            return null;
        }
        if (reading == null && scalar.isNull()) {
            findings.notice(candidate.path() + " has no value; the default is used");
            return null;
        }
        if (reading == null) {
            return candidate;
        }
        ConfigNode node = new ConfigNode.Scalar(reading, false, scalar.origin());
        return new Candidate(name, candidate.path(), node, candidate.origin());
    }

    /** The one that counts: an override over the file; two names at the same rank are a problem. */
    private static Candidate choose(List<Candidate> candidates, Set<String> broken, Findings findings) {
        if (candidates.isEmpty()) {
            return null;
        }
        List<Candidate> overrides =
                candidates.stream().filter(Candidate::isOverride).toList();
        List<Candidate> ranked = overrides.isEmpty() ? candidates : overrides;
        Candidate last = ranked.get(ranked.size() - 1);
        if (ranked.size() > 1) {
            Key key = last.name().key();
            String others = ranked.stream().map(Candidate::path).collect(Collectors.joining(" and "));
            findings.problem(
                    last.origin(),
                    last.path(),
                    others + " are names of the same setting",
                    "keep " + key.name() + " only");
            broken.add(key.name());
            return null;
        }
        return last;
    }

    /** One line for every name that is not ours. */
    private static void announce(Candidate chosen, Findings findings) {
        if (chosen.name().alias() != null) {
            findings.notice(chosen.path() + " read as " + chosen.name().key().name());
        }
    }

    private static void fillDefault(
            Key key,
            String prefix,
            Map<String, Setting> values,
            boolean broken,
            Origin mapping,
            Findings findings) {
        if (values.containsKey(key.name())) {
            return;
        }
        String path = prefix + key.name();
        if (key.required()) {
            if (!broken) {
                Origin where = prefix.isEmpty() ? Origin.DEFAULT : mapping;
                findings.problem(
                        where, path, "is missing", "write for example " + key.name() + ": " + key.example());
            }
        } else {
            standard(key, path, findings).ifPresent(setting -> values.put(key.name(), setting));
        }
    }

    /** The default of a key of this table, if it has one. */
    Optional<Setting> standard(String name, Findings findings) {
        return standard(keys.get(name), name, findings);
    }

    private static Optional<Setting> standard(Key key, String path, Findings findings) {
        if (key.standard().isEmpty()) {
            return Optional.empty();
        }
        ConfigNode.Scalar text = new ConfigNode.Scalar(key.standard(), false, Origin.DEFAULT);
        return Optional.of(new Setting(path, key.type().read(text, path, findings), Origin.DEFAULT));
    }

    private String nearest(String written) {
        Set<String> known = new TreeSet<>(names.keySet());
        known.addAll(foreign.keySet());
        List<String> near = NearestNames.of(written, known).stream()
                .map(name -> names.containsKey(name) ? names.get(name).key().name() : name)
                .distinct()
                .toList();
        return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?";
    }
}
