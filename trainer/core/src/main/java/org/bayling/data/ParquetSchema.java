package org.bayling.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The schema tree of a Parquet footer, which lists its elements depth first. */
final class ParquetSchema {
    private static final int MAX_DEPTH = 64;

    private final List<SchemaElement> elements;
    private int next;

    private ParquetSchema(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /** The whole schema of the file. */
    static MessageType of(List<SchemaElement> elements) {
        ParquetSchema schema = new ParquetSchema(elements);
        SchemaElement root = schema.take();
        MessageType type = new MessageType(root.getName(), schema.children(root, 0));
        if (schema.next != elements.size()) {
            throw new IllegalArgumentException("the schema has elements that no group holds");
        }
        return type;
    }

    /** The part of it that can be turned into JSON: without raw bytes, timestamps of 96 bits and decimals. */
    static MessageType readable(MessageType schema) {
        List<Type> kept = new ArrayList<>();
        for (Type field : schema.getFields()) {
            readable(field).ifPresent(kept::add);
        }
        return new MessageType(schema.getName(), kept);
    }

    private static Optional<Type> readable(Type type) {
        if (type.isPrimitive()) {
            return text(type.asPrimitiveType()) || number(type.asPrimitiveType()) ? Optional.of(type) : Optional.empty();
        }
        List<Type> kept = new ArrayList<>();
        for (Type field : type.asGroupType().getFields()) {
            readable(field).ifPresent(kept::add);
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(type.asGroupType().withNewFields(kept));
    }

    private static boolean text(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && (LogicalTypeAnnotation.stringType().equals(meaning)
                        || LogicalTypeAnnotation.enumType().equals(meaning)
                        || LogicalTypeAnnotation.jsonType().equals(meaning));
    }

    private static boolean number(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    private SchemaElement take() {
        if (next >= elements.size()) {
            throw new IllegalArgumentException("the schema ends inside a group");
        }
        return elements.get(next++);
    }

    private List<Type> children(SchemaElement group, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the schema is nested deeper than " + MAX_DEPTH);
        }
        List<Type> children = new ArrayList<>();
        for (int i = 0; i < group.getNum_children(); i++) {
            children.add(field(take(), depth));
        }
        return children;
    }

    private Type field(SchemaElement element, int depth) {
        Type.Repetition repetition = Type.Repetition.valueOf(
                (element.isSetRepetition_type() ? element.getRepetition_type() : FieldRepetitionType.REQUIRED).name());
        if (!element.isSetType()) {
            return group(element, repetition, depth);
        }
        PrimitiveTypeName name = element.getType() == org.apache.parquet.format.Type.BYTE_ARRAY
                ? PrimitiveTypeName.BINARY
                : PrimitiveTypeName.valueOf(element.getType().name());
        Types.PrimitiveBuilder<PrimitiveType> builder = Types.primitive(name, repetition);
        if (element.isSetType_length()) {
            builder = builder.length(element.getType_length());
        }
        LogicalTypeAnnotation meaning = textMeaning(element);
        return (meaning == null ? builder : builder.as(meaning)).named(element.getName());
    }

    private Type group(SchemaElement element, Type.Repetition repetition, int depth) {
        boolean list = element.isSetLogicalType() && element.getLogicalType().isSetLIST()
                || element.getConverted_type() == ConvertedType.LIST;
        Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition);
        group = list ? group.as(LogicalTypeAnnotation.listType()) : group;
        return group.addFields(children(element, depth + 1).toArray(Type[]::new)).named(element.getName());
    }

    private static LogicalTypeAnnotation textMeaning(SchemaElement element) {
        boolean logical = element.isSetLogicalType();
        if (logical && element.getLogicalType().isSetSTRING() || element.getConverted_type() == ConvertedType.UTF8) {
            return LogicalTypeAnnotation.stringType();
        }
        if (logical && element.getLogicalType().isSetENUM() || element.getConverted_type() == ConvertedType.ENUM) {
            return LogicalTypeAnnotation.enumType();
        }
        if (logical && element.getLogicalType().isSetJSON() || element.getConverted_type() == ConvertedType.JSON) {
            return LogicalTypeAnnotation.jsonType();
        }
        return null;
    }
}
