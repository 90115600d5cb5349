package org.bayling.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Typed values by native name: what was given, and the defaults of what was not.
 *
 * @param values no entry for keys without value and default
 * @param broken keys that were given something unusable; they hold their default, if any
 */
record Settings(Map<String, Setting> values, Set<String> broken) {

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** True when somebody wrote the key (under any of its names) and its value could be read. */
    boolean given(String name) {
        return has(name) && !values.get(name).origin().equals(Origin.DEFAULT);
    }

    /** False when a check would only repeat what was said already. */
    boolean sound(String... names) {
        return Set.of(names).stream().noneMatch(broken::contains);
    }

    /** Where the key was written, or {@link Origin#DEFAULT}. */
    Origin origin(String name) {
        return has(name) ? values.get(name).origin() : Origin.DEFAULT;
    }

    /** The name it was written under. */
    String writtenAs(String name) {
        return has(name) ? values.get(name).writtenAs() : name;
    }

    boolean flag(String name) {
        return get(name, Boolean.class);
    }

    long whole(String name) {
        return get(name, Long.class);
    }

    double decimal(String name) {
        return get(name, Double.class);
    }

    String text(String name) {
        return get(name, String.class);
    }

    <T> T get(String name, Class<T> type) {
        return find(name, type).orElseThrow(() -> new IllegalStateException("no value and no default: " + name));
    }

    <T> Optional<T> find(String name, Class<T> type) {
        return Optional.ofNullable(values.get(name)).map(Setting::value).map(type::cast);
    }
}
