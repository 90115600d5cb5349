package org.bayling.evaluation.choice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bayling.data.DataException;

/**
 * The fields of one row. What is missing or of the wrong kind is told with the row's place.
 *
 * @param place file and line
 * @param row a JSON object
 */
record ChoiceFields(String place, JsonNode row) {

    /** A field that must be text with something in it. */
    String text(String key) throws DataException {
        return optionalText(key).orElseThrow(() -> problem("field '" + key + "' must be text, is " + seen(key)));
    }

    /** Text that is there and not blank. */
    Optional<String> optionalText(String key) {
        JsonNode value = row.path(key);
        return value.isTextual() && !value.textValue().isBlank() ? Optional.of(value.textValue()) : Optional.empty();
    }

    boolean has(String key) {
        return row.has(key);
    }

    /** A whole number, also where it is written as text. */
    int integer(String key) throws DataException {
        JsonNode value = row.path(key);
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.intValue();
        }
        if (value.isTextual() && value.textValue().strip().matches("-?\\d{1,9}")) {
            return Integer.parseInt(value.textValue().strip());
        }
        throw problem("field '" + key + "' must be a whole number, is " + seen(key));
    }

    /** An index of an option. */
    int index(String key, int first, int options) throws DataException {
        int index = integer(key) - first;
        if (index < 0 || index >= options) {
            throw problem("field '" + key + "' is " + integer(key) + ", but the " + options + " options are numbered "
                    + first + " to " + (first + options - 1));
        }
        return index;
    }

    /** A list of text. */
    List<String> texts(String key) throws DataException {
        return texts(key, row.path(key));
    }

    /** A list of text one level deeper: {@code choices.text}. */
    List<String> texts(String key, String inner) throws DataException {
        return texts(key + "." + inner, row.path(key).path(inner));
    }

    /** A text field of each object in a list. */
    List<String> each(String key, String inner) throws DataException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : row.path(key)) {
            texts.add(new ChoiceFields(place, element).text(inner));
        }
        return List.copyOf(texts);
    }

    private List<String> texts(String name, JsonNode value) throws DataException {
        Iterable<JsonNode> elements = value::elements;
        boolean texts = value.isArray()
                && StreamSupport.stream(elements.spliterator(), false)
                        .allMatch(element -> element.isTextual() && !element.textValue().isBlank());
        if (!texts || value.size() < 2) {
            throw problem("field '" + name + "' must be a list of at least two texts");
        }
        return StreamSupport.stream(elements.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    DataException problem(String what) {
        return new DataException(place + ": " + what);
    }

    private String seen(String key) {
        if (row.has(key)) {
            String text = row.get(key).toString();
            return text.length() > 60 ? text.substring(0, text.offsetByCodePoints(0, 30)) + "..." : text;
        }
        StringBuilder names = new StringBuilder();
        for (Iterator<String> all = row.fieldNames(); all.hasNext(); ) {
            names.append(names.isEmpty() ? "" : ", ").append(all.next());
        }
        return "not there (the row has " + names + ")";
    }
}
