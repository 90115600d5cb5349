package org.bayling.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.ModelFiles;

/**
 * How tokens are chosen, with the names and meanings of transformers' {@code GenerationConfig}.
 *
 * @param maxNewTokens tokens of an answer at most
 * @param doSample false takes the likeliest token each time; temperature, top-k and top-p are then without effect
 * @param temperature logits are divided by it
 * @param topK only the k likeliest tokens; 0 is off
 * @param topP only the smallest set of likeliest tokens whose probabilities reach this sum; 1 is off
 * @param repetitionPenalty divides the positive and multiplies the negative logits of tokens in prompt and answer; 1 is
 *     off
 * @param seed of sampling: the same seed gives the same text
 * @param stopStrings texts that end an answer; they are not part of it
 */
public record GenerationSettings(
        int maxNewTokens,
        boolean doSample,
        double temperature,
        int topK,
        double topP,
        double repetitionPenalty,
        long seed,
        List<String> stopStrings) {

    private static final int DEFAULT_MAX_NEW_TOKENS = 512;

    /** @throws IllegalArgumentException naming the setting, what it is and what it may be */
    public GenerationSettings {
        check(maxNewTokens >= 1, "max_new_tokens", maxNewTokens, "at least 1");
        check(
                temperature > 0 && Double.isFinite(temperature),
                "temperature",
                temperature,
                "above 0 (for the likeliest token each time set do_sample to false)");
        check(topK >= 0, "top_k", topK, "0 (off) or more");
        check(topP > 0 && topP <= 1, "top_p", topP, "above 0 and at most 1 (off)");
        check(
                repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
                "repetition_penalty",
                repetitionPenalty,
                "above 0; 1 is off, 1.1 to 1.3 are usual");
        stopStrings = List.copyOf(stopStrings);
        check(stopStrings.stream().noneMatch(String::isEmpty), "stop_strings", stopStrings, "texts that are not empty");
    }

    /** What transformers does when a model says nothing, except for the length: greedy; top_k 50 when sampling. */
    public static GenerationSettings defaults() {
        return new GenerationSettings(DEFAULT_MAX_NEW_TOKENS, false, 1, 50, 1, 1, 0, List.of());
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
        if (json.isEmpty()) {
            return defaults();
        }
        Reader read = new Reader(json.get(), where);
        try {
            return new GenerationSettings(
                    (int) read.number("max_new_tokens", DEFAULT_MAX_NEW_TOKENS),
                    read.flag("do_sample"),
                    read.number("temperature", 1),
                    (int) read.number("top_k", 50),
                    read.number("top_p", 1),
                    read.number("repetition_penalty", 1),
                    0,
                    read.texts("stop_strings"));
        } catch (IllegalArgumentException problem) {
            String message = problem.getMessage();
            throw new IllegalArgumentException(message.startsWith(where) ? message : where + ": " + message, problem);
        }
    }

    public GenerationSettings withMaxNewTokens(int value) {
        return new GenerationSettings(
                value, doSample, temperature, topK, topP, repetitionPenalty, seed, stopStrings);
    }

    public GenerationSettings withDoSample(boolean value) {
        return new GenerationSettings(
                maxNewTokens, value, temperature, topK, topP, repetitionPenalty, seed, stopStrings);
    }

    public GenerationSettings withTemperature(double value) {
        return new GenerationSettings(
                maxNewTokens, doSample, value, topK, topP, repetitionPenalty, seed, stopStrings);
    }

    public GenerationSettings withTopK(int value) {
        return new GenerationSettings(
                maxNewTokens, doSample, temperature, value, topP, repetitionPenalty, seed, stopStrings);
    }

    public GenerationSettings withTopP(double value) {
        return new GenerationSettings(
                maxNewTokens, doSample, temperature, topK, value, repetitionPenalty, seed, stopStrings);
    }

    public GenerationSettings withRepetitionPenalty(double value) {
        return new GenerationSettings(maxNewTokens, doSample, temperature, topK, topP, value, seed, stopStrings);
    }

    public GenerationSettings withSeed(long value) {
        return new GenerationSettings(
                maxNewTokens, doSample, temperature, topK, topP, repetitionPenalty, value, stopStrings);
    }

    public GenerationSettings withStopStrings(List<String> value) {
        return new GenerationSettings(
                maxNewTokens, doSample, temperature, topK, topP, repetitionPenalty, seed, value);
    }

    private static void check(boolean valid, String setting, Object value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(setting + " is " + value + ", but must be " + expected);
        }
    }

    private record Reader(ObjectNode json, String where) {
        double number(String key, double otherwise) {
            JsonNode node = json.path(key);
            if (node.isMissingNode() || node.isNull()) {
                return otherwise;
            }
            return expect(node.isNumber(), key, "a number").asDouble();
        }

        boolean flag(String key) {
            JsonNode node = json.path(key);
            return !node.isMissingNode()
                    && !node.isNull()
                    && expect(node.isBoolean(), key, "true or false").asBoolean();
        }

        List<String> texts(String key) {
            JsonNode node = json.path(key);
            List<String> texts = new ArrayList<>();
            if (node.isTextual()) {
                texts.add(node.asText());
            } else if (!node.isMissingNode() && !node.isNull()) {
                expect(node.isArray(), key, "a text or a list of texts").forEach(text -> texts.add(text.asText()));
            }
            return texts;
        }

        private JsonNode expect(boolean valid, String key, String expected) {
            if (!valid) {
                throw new IllegalArgumentException(where + ": " + key + " must be " + expected + ", found "
                        + json.path(key));
            }
            return json.path(key);
        }
    }
}
