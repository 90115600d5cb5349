package org.bayling.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code columns} of a data set; a Java {@code Map<String, String>}. */
record ColumnNames() implements ValueType {
    @Override
    public String description() {
        return "a mapping of our field names to the file's, such as {instruction: prompt}";
    }

    @Override
    public Object read(ConfigNode node, String key, Findings findings) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            return mismatch(node, key, findings, "");
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (Map.Entry<String, ConfigNode.Entry> column : mapping.entries().entrySet()) {
            if (!(column.getValue().value() instanceof ConfigNode.Scalar scalar) || scalar.text().isEmpty()) {
                return mismatch(column.getValue().value(), key + "." + column.getKey(), findings, "");
            }
            columns.put(column.getKey(), scalar.text());
        }
        return columns;
    }

    @Override
    public void schema(ObjectNode into) {
        into.put("type", "object").putObject("additionalProperties").put("type", "string");
    }
}
