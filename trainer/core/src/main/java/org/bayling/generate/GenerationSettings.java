package org.bayling.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.ModelFiles;

/**
 * How answers are made, with the names and meanings of transformers' {@code GenerationConfig}.
 *
 * @param maxNewTokens tokens of an answer at most
 * @param sampling how a token is drawn
 * @param beams how beams are searched, instead of drawing
 * @param numReturnSequences answers to each prompt; more than one needs sampling or as many beams
 * @param repetitionPenalty divides the positive and multiplies the negative scores of tokens in prompt and answer; 1 is
 *     off
 * @param noRepeatNgramSize no sequence of so many tokens occurs twice in prompt and answer; 0 is off
 * @param stopStrings texts that end an answer; they are not part of it
 */
public record GenerationSettings(
        int maxNewTokens,
        SamplingSettings sampling,
        BeamSettings beams,
        int numReturnSequences,
        double repetitionPenalty,
        int noRepeatNgramSize,
        List<String> stopStrings) {

    static final int DEFAULT_MAX_NEW_TOKENS = 512;

    /** @throws IllegalArgumentException naming the setting, what it is and what it may be */
    public GenerationSettings {
        check(maxNewTokens >= 1, "max_new_tokens", maxNewTokens, "at least 1");
        check(
                repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
                "repetition_penalty",
                repetitionPenalty,
                "above 0; 1 is off, 1.1 to 1.3 are usual");
        check(noRepeatNgramSize >= 0, "no_repeat_ngram_size", noRepeatNgramSize, "0 (off) or more");
        check(
                !sampling.doSample() || beams.numBeams() == 1,
                "num_beams",
                beams.numBeams(),
                "1 while do_sample is true: beams are searched, not drawn");
        check(numReturnSequences >= 1, "num_return_sequences", numReturnSequences, "at least 1");
        check(
                sampling.doSample() || numReturnSequences <= beams.numBeams(),
                "num_return_sequences",
                numReturnSequences,
                "at most num_beams (" + beams.numBeams() + ") while do_sample is false");
        stopStrings = List.copyOf(stopStrings);
        check(stopStrings.stream().noneMatch(String::isEmpty), "stop_strings", stopStrings, "texts that are not empty");
    }

    /** What transformers does when a model says nothing, except for the length: greedy; top_k 50 when sampling. */
    public static GenerationSettings defaults() {
        return new GenerationSettings(
                DEFAULT_MAX_NEW_TOKENS, SamplingSettings.GREEDY, BeamSettings.NONE, 1, 1, 0, List.of());
    }

    /** The settings that a model recommends in its {@code generation_config.json}; the defaults where it is silent. */
    public static GenerationSettings of(ModelFiles files) {
        return files instanceof HfModelDir directory
                ? of(directory.generationConfig(), directory.path().resolve(HfModelDir.GENERATION_CONFIG).toString())
                : defaults();
    }

    /**
     * Reads {@code generation_config.json}; keys of other methods are left alone.
     *
     * @param where names the file in messages
     * @throws IllegalArgumentException when a value is of the wrong type or out of range
     */
    public static GenerationSettings of(Optional<ObjectNode> json, String where) {
        return json.map(found -> new GenerationConfigJson(found, where).settings())
                .orElseGet(GenerationSettings::defaults);
    }

    public GenerationSettings withMaxNewTokens(int value) {
        return new GenerationSettings(
                value, sampling, beams, numReturnSequences, repetitionPenalty, noRepeatNgramSize, stopStrings);
    }

    public GenerationSettings withSampling(SamplingSettings value) {
        return new GenerationSettings(
                maxNewTokens, value, beams, numReturnSequences, repetitionPenalty, noRepeatNgramSize, stopStrings);
    }

    public GenerationSettings withBeams(BeamSettings value) {
        return new GenerationSettings(
                maxNewTokens, sampling, value, numReturnSequences, repetitionPenalty, noRepeatNgramSize, stopStrings);
    }

    public GenerationSettings withNumReturnSequences(int value) {
        return new GenerationSettings(
                maxNewTokens, sampling, beams, value, repetitionPenalty, noRepeatNgramSize, stopStrings);
    }

    public GenerationSettings withRepetitionPenalty(double value) {
        return new GenerationSettings(
                maxNewTokens, sampling, beams, numReturnSequences, value, noRepeatNgramSize, stopStrings);
    }

    public GenerationSettings withNoRepeatNgramSize(int value) {
        return new GenerationSettings(
                maxNewTokens, sampling, beams, numReturnSequences, repetitionPenalty, value, stopStrings);
    }

    public GenerationSettings withStopStrings(List<String> value) {
        return new GenerationSettings(
                maxNewTokens, sampling, beams, numReturnSequences, repetitionPenalty, noRepeatNgramSize, value);
    }

    static void check(boolean valid, String setting, Object value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(setting + " is " + value + ", but must be " + expected);
        }
    }
}
