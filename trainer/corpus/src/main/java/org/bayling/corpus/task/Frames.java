package org.bayling.corpus.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bayling.corpus.Pivot;

/** The pools of frames, written for this project; one YAML file for each task, one list for each pivot. Immutable. */
final class Frames {
    /** Questions of {@link Tasks#CHOICE}: the first half asks for a cause, the second for an effect. */
    static final String CHOICE_QUESTIONS = "choice-questions";

    /** Pools of whole instructions, by task. */
    static final List<String> POOLS = List.of(
            Tasks.TRANSLATION,
            Tasks.LIST,
            Tasks.DOCUMENT,
            Tasks.CONSTRAINED,
            Tasks.INTERACTIVE,
            Tasks.CONTINUED,
            Tasks.VIA_PIVOT,
            Tasks.IDENTIFICATION,
            Tasks.READING,
            Tasks.CHOICE);

    /** Pools of {@link Tasks#DICTIONARY}, which is as many tasks as there are kinds and ways. */
    static final List<String> DICTIONARY_POOLS = List.of(
            "dictionary-name-into",
            "dictionary-name-out",
            "dictionary-number-into",
            "dictionary-number-out",
            "dictionary-date-into",
            "dictionary-date-out");

    private final Map<String, Map<Pivot, List<Frame>>> pools = new HashMap<>();

    Frames() {
        for (String pool : POOLS) {
            pools.put(pool, read(pool));
        }
        for (String pool : DICTIONARY_POOLS) {
            pools.put(pool, read(pool));
        }
        pools.put(CHOICE_QUESTIONS, read(CHOICE_QUESTIONS));
    }

    List<Frame> of(String pool, Pivot pivot) {
        return pools.get(pool).get(pivot);
    }

    private static Map<Pivot, List<Frame>> read(String pool) {
        String name = pool + ".yaml";
        try (InputStream file = Frames.class.getResourceAsStream(name)) {
            JsonNode lists = new YAMLMapper().readTree(file);
            Map<Pivot, List<Frame>> frames = new EnumMap<>(Pivot.class);
            for (Pivot pivot : Pivot.values()) {
                List<Frame> list = new ArrayList<>();
                for (JsonNode text : lists.path(pivot.tag())) {
                    list.add(Frame.parse(pool + "-" + pivot.tag() + "-" + (list.size() + 1), text.textValue()));
                }
                frames.put(pivot, List.copyOf(list));
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged: its frames " + name + " cannot be read", e);
        }
    }
}
