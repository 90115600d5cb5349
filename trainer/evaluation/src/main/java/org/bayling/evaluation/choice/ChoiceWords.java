package org.bayling.evaluation.choice;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Words that prompts need in the language of the data. */
final class ChoiceWords {

    /** Between a premise and its cause or effect. */
    record Connectors(String cause, String effect) {}

    /** How a hypothesis is tied to a premise. */
    record Verdicts(String right, String entailment, String neutral, String contradiction) {}

    /** By ISO 639-1 code. */
    static final SortedMap<String, Connectors> XCOPA = sorted(Map.ofEntries(
            Map.entry("et", new Connectors("sest", "seetõttu")),
            Map.entry("ht", new Connectors("poukisa", "donk sa")),
            Map.entry("id", new Connectors("karena", "maka")),
            Map.entry("it", new Connectors("perché", "quindi")),
            Map.entry("qu", new Connectors("imataq", "chaymi")),
            Map.entry("sw", new Connectors("kwa sababu", "kwa hiyo")),
            Map.entry("ta", new Connectors("காரணமாக", "எனவே")),
            Map.entry("th", new Connectors("เพราะ", "ดังนั้น")),
            Map.entry("tr", new Connectors("çünkü", "bu yüzden")),
            Map.entry("vi", new Connectors("bởi vì", "vì vậy")),
            Map.entry("zh", new Connectors("因为", "所以"))));

    /** By ISO 639-1 code. */
    static final SortedMap<String, Verdicts> XNLI = sorted(Map.of(
            "en", new Verdicts("right", "Yes", "Also", "No"),
            "zh", new Verdicts("正确", "是的", "所以", "不是的")));

    private ChoiceWords() {}

    private static <T> SortedMap<String, T> sorted(Map<String, T> words) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(words));
    }
}
