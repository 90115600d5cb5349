package org.bayling.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** {@code datasets}; a Java {@code List<DataConfig.Dataset>}. */
record DatasetList() implements ValueType {
    private static final Set<String> ENDINGS = Set.of("gz", "zst", "json", "jsonl", "csv", "tsv", "parquet", "txt");

    @Override
    public String description() {
        return "a list of data sets such as [{path: data/zh.jsonl, format: alpaca}]";
    }

    @Override
    public Object read(ConfigNode node, String key, Findings findings) {
        if (!(node instanceof ConfigNode.Sequence sequence) || sequence.items().isEmpty()) {
            return mismatch(node, key, findings, "");
        }
        List<DataConfig.Dataset> datasets = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            String path = key + "." + i;
            if (!(sequence.items().get(i) instanceof ConfigNode.Mapping mapping)) {
                findings.problem(
                        sequence.items().get(i).origin(),
                        path,
                        "expected a mapping such as {path: data/zh.jsonl, format: alpaca}, found "
                                + sequence.items().get(i).kind());
                continue;
            }
            Settings item = ConfigKeys.DATASET.read(mapping, path + ".", findings);
            if (item.has("path")) {
                DataConfig.Dataset dataset = dataset(item);
                datasets.add(dataset);
                if (!names.add(dataset.name())) {
                    findings.problem(
                            mapping.origin(),
                            path + ".name",
                            "a second data set is called " + dataset.name(),
                            "give each a name, their losses are logged under it");
                }
            }
        }
        return datasets.size() == sequence.items().size() ? datasets : null;
    }

    @SuppressWarnings("unchecked")
    private static DataConfig.Dataset dataset(Settings item) {
        List<String> path = item.get("path", List.class);
        return new DataConfig.Dataset(
                path,
                DataConfig.Format.valueOf(item.text("format").toUpperCase(Locale.ROOT)),
                item.find("name", String.class).orElseGet(() -> nameOf(path.get(0))),
                item.find("language", String.class),
                item.decimal("weight"),
                item.find("max_samples", Long.class).map(OptionalLong::of).orElse(OptionalLong.empty()),
                item.find("columns", Map.class).orElse(Map.of()));
    }

    /** {@code data/zh.json.gz} is {@code zh}; a folder or a pattern is named by the last plain folder of its path. */
    static String nameOf(String path) {
        String[] parts = path.split("[/\\\\]+");
        for (int i = parts.length - 1; i >= 0; i--) {
            String name = withoutEndings(parts[i]);
            if (!name.isEmpty() && name.chars().noneMatch(c -> "*?[]{}".indexOf(c) >= 0)) {
                return name;
            }
        }
        return path;
    }

    private static String withoutEndings(String file) {
        String name = file;
        int dot = name.lastIndexOf('.');
        while (dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
            name = name.substring(0, dot);
            dot = name.lastIndexOf('.');
        }
        return name;
    }

    @Override
    public void schema(ObjectNode into) {
        into.put("type", "array").put("minItems", 1);
        JsonSchema.mapping(into.putObject("items"), ConfigKeys.DATASET);
    }
}
