package org.bayling.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.bayling.io.CorruptFileException;
import org.bayling.io.UnsupportedFileException;

/**
 * {@code adapter_config.json} to {@link AdapterConfig} and back.
 *
 * <p>Reading refuses whatever would change the mathematics without being computed here, by its key. A key that is not
 * known at all is refused when it is switched on (anything but null, false, 0, "", [] and {}), since a newer PEFT may
 * have given it a meaning; switched off it is kept.
 */
final class AdapterConfigJson {
    /** The release whose keys and defaults are written. */
    private static final String PEFT_VERSION = "0.21.2";

    /** All seven projections, which is what {@code "all-linear"} means for a Llama: every linear layer but the head. */
    private static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** Keys that AdapterConfig holds itself. */
    private static final Set<String> HELD = Set.of(
            "r",
            "lora_alpha",
            "lora_dropout",
            "target_modules",
            "exclude_modules",
            "use_rslora",
            "use_dora",
            "modules_to_save",
            "layers_to_transform",
            "layers_pattern",
            "rank_pattern",
            "alpha_pattern",
            "base_model_name_or_path");

    /** Keys whose value does not change what the adapter computes, whatever it is. */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "eva_config",
            "fan_in_fan_out",
            "inference_mode",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config");

    /** Initialisations that leave the base model as it is; the others (PiSSA, OLoRA, CorDA, LoftQ, ...) change it. */
    private static final Set<String> PLAIN_INITS = Set.of("true", "false", "gaussian", "eva", "orthogonal");

    private final Path file;
    private final ObjectNode json;

    private AdapterConfigJson(Path file, ObjectNode json) {
        this.file = file;
        this.json = json;
    }

    static AdapterConfig read(Path file) throws IOException {
        return new AdapterConfigJson(file, JsonFiles.readObject(file)).config();
    }

    private AdapterConfig config() throws IOException {
        requireText("peft_type", Set.of("LORA"), false);
        requireText("task_type", Set.of("CAUSAL_LM"), true);
        requireText("bias", Set.of("none"), true);
        requireText("init_lora_weights", PLAIN_INITS, true);
        Map<String, String> other = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!HELD.contains(entry.getKey())) {
                refuseIfItCounts(entry.getKey(), entry.getValue());
                other.put(entry.getKey(), entry.getValue().toString());
            }
        }
        try {
            return new AdapterConfig(
                    (int) number("r", 8),
                    number("lora_alpha", 8),
                    number("lora_dropout", 0),
                    targetModules(),
                    strings("exclude_modules"),
                    flag("use_rslora"),
                    flag("use_dora"),
                    strings("modules_to_save"),
                    layers(),
                    json.path("layers_pattern").isTextual()
                            ? List.of(json.get("layers_pattern").textValue())
                            : strings("layers_pattern"),
                    pattern("rank_pattern", Number::intValue),
                    pattern("alpha_pattern", Number::doubleValue),
                    Optional.ofNullable(json.path("base_model_name_or_path").textValue()),
                    other);
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(file, "LoRA settings", e.getMessage(), "settings of a LoRA", e);
        }
    }

    private void refuseIfItCounts(String key, JsonNode value) throws IOException {
        Set<String> checkedElsewhere = Set.of("peft_type", "task_type", "bias", "init_lora_weights");
        if (HARMLESS.contains(key) || checkedElsewhere.contains(key) || switchedOff(value)) {
            return;
        }
        throw new UnsupportedFileException(
                file, "key '" + key + "'", shown(value), "it absent or switched off: it changes what the adapter computes");
    }

    private static boolean switchedOff(JsonNode value) {
        return value.isNull()
                || value.isBoolean() && !value.booleanValue()
                || value.isNumber() && value.doubleValue() == 0
                || value.isTextual() && value.textValue().isEmpty()
                || value.isContainerNode() && value.isEmpty();
    }

    private void requireText(String key, Set<String> allowed, boolean optional) throws IOException {
        JsonNode value = json.path(key);
        if (optional && (value.isMissingNode() || value.isNull())) {
            return;
        }
        if (!value.isValueNode() || !allowed.contains(value.asText())) {
            throw new UnsupportedFileException(
                    file,
                    "key '" + key + "'",
                    value.isMissingNode() ? "nothing" : shown(value),
                    "one of " + new TreeSet<>(allowed));
        }
    }

    private List<String> targetModules() throws IOException {
        JsonNode value = json.path("target_modules");
        if (value.isTextual() && value.textValue().equals("all-linear")) {
            return ALL_LINEAR;
        }
        if (value.isTextual()) {
            throw new UnsupportedFileException(
                    file, "key 'target_modules'", shown(value), "a list of module names, or \"all-linear\"");
        }
        List<String> names = strings("target_modules");
        if (names.isEmpty()) {
            throw corrupt("target_modules", value, "a list of at least one module name");
        }
        return names;
    }

    private List<String> strings(String key) throws IOException {
        JsonNode value = json.path(key);
        List<String> strings = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return strings;
        }
        if (value.isTextual()) {
            throw new UnsupportedFileException(
                    file, "key '" + key + "'", shown(value), "a list of module names, no regular expression");
        }
        for (JsonNode name : value) {
            if (!name.isTextual() || name.textValue().isEmpty()) {
                throw corrupt(key, value, "a list of module names");
            }
            strings.add(name.textValue());
        }
        if (!value.isArray()) {
            throw corrupt(key, value, "a list of module names");
        }
        return strings;
    }

    private List<Integer> layers() throws IOException {
        JsonNode value = json.path("layers_to_transform");
        List<Integer> layers = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return layers;
        }
        Iterable<JsonNode> numbers = value.isArray() ? value : List.of(value);
        for (JsonNode layer : numbers) {
            if (!layer.canConvertToInt() || !layer.isIntegralNumber() || layer.intValue() < 0) {
                throw corrupt("layers_to_transform", value, "a layer number or a list of them");
            }
            layers.add(layer.intValue());
        }
        return layers;
    }

    private double number(String key, double otherwise) throws IOException {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber() || key.equals("r") && !(value.isIntegralNumber() && value.canConvertToInt())) {
            throw corrupt(key, value, key.equals("r") ? "an integer" : "a number");
        }
        return value.doubleValue();
    }

    private boolean flag(String key) throws IOException {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw corrupt(key, value, "true or false");
        }
        return value.booleanValue();
    }

    private <T> Map<String, T> pattern(String key, Function<Number, T> convert) throws IOException {
        JsonNode value = json.path(key);
        Map<String, T> pattern = new LinkedHashMap<>();
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            throw corrupt(key, value, "an object of numbers by module pattern");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode number = entry.getValue();
            boolean rank = key.equals("rank_pattern");
            boolean fits = rank
                    ? number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 1
                    : number.isNumber();
            if (!fits) {
                throw corrupt(key, value, rank ? "integers >= 1 by module pattern" : "numbers by module pattern");
            }
            pattern.put(entry.getKey(), convert.apply(number.numberValue()));
        }
        return pattern;
    }

    private CorruptFileException corrupt(String key, JsonNode value, String expected) {
        return new CorruptFileException(file, "key '" + key + "'", shown(value), expected);
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= 120 ? text : text.substring(0, 120) + "...";
    }

    /** All keys that PEFT 0.21 needs, sorted as PEFT sorts them. */
    static String write(AdapterConfig config) throws IOException {
        ObjectNode json = JsonFiles.newObject();
        json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").put("bias", "none");
        json.put("fan_in_fan_out", false).put("init_lora_weights", true).put("peft_version", PEFT_VERSION);
        json.putNull("auto_mapping").putNull("revision");
        for (Map.Entry<String, String> entry : config.other().entrySet()) {
            json.set(entry.getKey(), JsonFiles.parse(entry.getValue()));
        }
        json.put("inference_mode", true);
        json.put("r", config.r());
        putNumber(json, "lora_alpha", config.loraAlpha());
        json.put("lora_dropout", config.loraDropout());
        strings(json.putArray("target_modules"), config.targetModules());
        putList(json, "exclude_modules", config.excludeModules());
        json.put("use_rslora", config.useRslora()).put("use_dora", config.useDora());
        putList(json, "modules_to_save", config.modulesToSave());
        if (config.layersToTransform().isEmpty()) {
            json.putNull("layers_to_transform");
        } else {
            config.layersToTransform().forEach(json.putArray("layers_to_transform")::add);
        }
        putList(json, "layers_pattern", config.layersPattern());
        ObjectNode ranks = json.putObject("rank_pattern");
        config.rankPattern().forEach(ranks::put);
        ObjectNode alphas = json.putObject("alpha_pattern");
        config.alphaPattern().forEach((key, alpha) -> putNumber(alphas, key, alpha));
        json.put("base_model_name_or_path", config.baseModelNameOrPath().orElse(null));
        Map<String, JsonNode> sorted = new TreeMap<>();
        json.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        json.removeAll();
        json.setAll(sorted);
        return JsonFiles.toText(json);
    }

    private static void putNumber(ObjectNode json, String key, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            json.put(key, (long) value);
        } else {
            json.put(key, value);
        }
    }

    private static void putList(ObjectNode json, String key, List<String> values) {
        if (values.isEmpty()) {
            json.putNull(key);
        } else {
            strings(json.putArray(key), values);
        }
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}
