package org.bayling.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.generate.BeamSettings.EarlyStopping;

/** Reads the settings in a model's {@code generation_config.json}. */
record GenerationConfigJson(ObjectNode json, String where) {
    GenerationSettings settings() {
        try {
            SamplingSettings sampling = new SamplingSettings(
                    flag("do_sample"),
                    number("temperature", 1),
                    (int) number("top_k", SamplingSettings.GREEDY.topK()),
                    number("top_p", 1),
                    0);
            BeamSettings beams = sampling.doSample() // beams are searched here, never drawn
                    ? BeamSettings.NONE
                    : new BeamSettings((int) number("num_beams", 1), number("length_penalty", 1), earlyStopping());
            return new GenerationSettings(
                    (int) number("max_new_tokens", GenerationSettings.DEFAULT_MAX_NEW_TOKENS),
                    sampling,
                    beams,
                    (int) number("num_return_sequences", 1),
                    number("repetition_penalty", 1),
                    (int) number("no_repeat_ngram_size", 0),
                    texts("stop_strings"));
        } catch (IllegalArgumentException problem) {
            String message = problem.getMessage();
            throw new IllegalArgumentException(message.startsWith(where) ? message : where + ": " + message, problem);
        }
    }

    private EarlyStopping earlyStopping() {
        JsonNode node = json.path("early_stopping");
        if (node.isTextual() && node.asText().equals("never")) {
            return EarlyStopping.NEVER;
        }
        if (node.isTextual()) {
            expect(false, "early_stopping", "true, false or \"never\"");
        }
        return flag("early_stopping") ? EarlyStopping.TRUE : EarlyStopping.FALSE;
    }

    private double number(String key, double otherwise) {
        return given(key).map(node -> expect(node.isNumber(), key, "a number").asDouble()).orElse(otherwise);
    }

    private boolean flag(String key) {
        return given(key)
                .map(node -> expect(node.isBoolean(), key, "true or false").asBoolean())
                .orElse(false);
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        given(key).ifPresent(node -> {
            if (node.isTextual()) {
                texts.add(node.asText());
            } else {
                expect(node.isArray(), key, "a text or a list of texts").forEach(text -> texts.add(text.asText()));
            }
        });
        return texts;
    }

    private Optional<JsonNode> given(String key) {
        return Optional.of(json.path(key)).filter(node -> !node.isMissingNode() && !node.isNull());
    }

    private JsonNode expect(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(
                    where + ": " + key + " must be " + expected + ", found " + json.path(key));
        }
        return json.path(key);
    }
}
