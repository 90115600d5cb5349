package org.bayling.generate;

import org.bayling.numeric.Rng;

/**
 * How a token is drawn, with the names and meanings of transformers' {@code GenerationConfig}.
 *
 * @param doSample false takes the likeliest token each time; the others are then without effect
 * @param temperature logits are divided by it
 * @param topK only the k likeliest tokens; 0 is off
 * @param topP only the smallest set of likeliest tokens whose probabilities reach this sum; 1 is off
 * @param seed the same seed gives the same text
 */
public record SamplingSettings(boolean doSample, double temperature, int topK, double topP, long seed) {
    /** The likeliest token each time; when it is turned on, transformers' defaults hold: among the 50 likeliest. */
    public static final SamplingSettings GREEDY = new SamplingSettings(false, 1, 50, 1, 0);

    /** @throws IllegalArgumentException naming the setting, what it is and what it may be */
    public SamplingSettings {
        GenerationSettings.check(
                temperature > 0 && Double.isFinite(temperature),
                "temperature",
                temperature,
                "above 0 (for the likeliest token each time set do_sample to false)");
        GenerationSettings.check(topK >= 0, "top_k", topK, "0 (off) or more");
        GenerationSettings.check(topP > 0 && topP <= 1, "top_p", topP, "above 0 and at most 1 (off)");
    }

    public SamplingSettings withDoSample(boolean value) {
        return new SamplingSettings(value, temperature, topK, topP, seed);
    }

    public SamplingSettings withTemperature(double value) {
        return new SamplingSettings(doSample, value, topK, topP, seed);
    }

    public SamplingSettings withTopK(int value) {
        return new SamplingSettings(doSample, temperature, value, topP, seed);
    }

    public SamplingSettings withTopP(double value) {
        return new SamplingSettings(doSample, temperature, topK, value, seed);
    }

    public SamplingSettings withSeed(long value) {
        return new SamplingSettings(doSample, temperature, topK, topP, value);
    }

    /** The seed of one of the answers to a request with this {@link GenerationRequest#stream}. */
    public long seed(long stream, int answer) {
        return answer == 0 ? Rng.mix(seed, stream) : Rng.mix(seed, stream, answer);
    }
}
