package org.bayling.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every setting of a run under its native name, with its value and where that came from. Immutable. */
public final class ResolvedSettings {
    private final List<Row> rows;

    /**
     * One printable line.
     *
     * @param key native name; a dot is one level of nesting
     * @param value as YAML on one line
     * @param origin {@code default}, {@code override} or {@code FILE:LINE}
     */
    public record Row(String key, String value, String origin) {}

    private ResolvedSettings(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** All values of a configuration, from whatever source it was made; their origin is {@code default}. */
    public static ResolvedSettings of(RunConfig config) {
        return of(config, Map.of());
    }

    static ResolvedSettings of(RunConfig config, Map<String, Origin> origins) {
        Map<String, Object> values = new LinkedHashMap<>(NativeSettings.of(config));
        return new ResolvedSettings(values.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey(),
                        InlineYaml.of(entry.getValue()),
                        origins.getOrDefault(entry.getKey(), Origin.DEFAULT).toString()))
                .toList());
    }

    /** In the order of the key table. */
    public List<Row> rows() {
        return rows;
    }

    /** Contents of {@code config.resolved.yaml}: loads to an equal {@link RunConfig}; the origins are comments. */
    public String toYaml() {
        return rows.stream()
                .map(row -> row.key() + ": " + row.value() + "  # " + comment(row.origin()) + "\n")
                .collect(Collectors.joining());
    }

    private static String comment(String origin) {
        return origin.replaceAll("\\p{Cntrl}", "?");
    }
}
