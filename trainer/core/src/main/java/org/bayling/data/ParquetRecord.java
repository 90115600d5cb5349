package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** A Parquet record as the JSON that the same row would be in a JSON file. */
final class ParquetRecord {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ParquetRecord() {}

    static ObjectNode toJson(Group record) {
        ObjectNode object = JSON.objectNode();
        GroupType type = record.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            Type child = type.getType(field);
            if (child.isRepetition(Type.Repetition.REPEATED)) {
                ArrayNode array = object.putArray(child.getName());
                for (int i = 0; i < record.getFieldRepetitionCount(field); i++) {
                    array.add(value(record, field, i));
                }
            } else if (record.getFieldRepetitionCount(field) > 0) {
                object.set(child.getName(), value(record, field, 0));
            }
        }
        return object;
    }

    private static JsonNode value(Group record, int field, int index) {
        Type type = record.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(record, field, index, type.asPrimitiveType());
        }
        Group group = record.getGroup(field, index);
        boolean list = type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation;
        return list ? list(group) : toJson(group);
    }

    /** Both layouts in use: {@code repeated group list { element }}, and the older {@code repeated <element>}. */
    private static ArrayNode list(Group group) {
        ArrayNode array = JSON.arrayNode();
        Type repeated = group.getType().getType(0);
        boolean wrapped = !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array");
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            if (!wrapped) {
                array.add(value(group, 0, i));
                continue;
            }
            Group entry = group.getGroup(0, i);
            array.add(entry.getFieldRepetitionCount(0) == 0 ? JSON.nullNode() : value(entry, 0, 0));
        }
        return array;
    }

    private static JsonNode primitive(Group record, int field, int index, PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BINARY -> JSON.textNode(record.getString(field, index));
            case BOOLEAN -> JSON.booleanNode(record.getBoolean(field, index));
            case INT32 -> JSON.numberNode(record.getInteger(field, index));
            case INT64 -> JSON.numberNode(record.getLong(field, index));
            case FLOAT -> JSON.numberNode(record.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(record.getDouble(field, index));
            default -> throw new IllegalStateException(type + " is left out of the schema that is read");
        };
    }
}
