package org.bayling.evaluation.alignment;

import java.util.List;

/**
 * What was looked at.
 *
 * @param model name of the model, with its adapter's
 * @param products what products ran in, {@code float32}
 * @param data where the sentences are from
 * @param pooling how a sentence becomes one vector
 * @param sentences of each language
 * @param hiddenSize length of a vector
 * @param layers names of the states that were kept, in Hugging Face's spelling: {@code embed_tokens}, {@code layers.0},
 *     ..., {@code norm}
 * @param pivots codes of the languages that all are compared with
 * @param languages pivots first
 */
public record AlignmentStudy(
        String model,
        String products,
        String data,
        Pooling pooling,
        int sentences,
        int hiddenSize,
        List<String> layers,
        List<String> pivots,
        List<Language> languages) {

    /**
     * A language of the study.
     *
     * @param code as the data spell it
     * @param name in English
     * @param script of most of its letters, ISO 15924
     * @param tokens of all its sentences
     * @param cut sentences that were longer than the model could read
     */
    public record Language(String code, String name, String script, long tokens, int cut) {}

    public AlignmentStudy {
        layers = List.copyOf(layers);
        pivots = List.copyOf(pivots);
        languages = List.copyOf(languages);
    }

    /** Index of a pivot among the languages. */
    public int pivotLanguage(int pivot) {
        return languages.stream().map(Language::code).toList().indexOf(pivots.get(pivot));
    }

    /** File with the states of one layer. */
    public static String statesFile(int layer) {
        return "layer-" + layer + ".f32";
    }
}
