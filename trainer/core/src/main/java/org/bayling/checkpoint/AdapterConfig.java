package org.bayling.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code adapter_config.json} of a LoRA says, and which modules of the base it means by it. Modules are named by
 * their Hugging Face path without {@code .weight}: {@code model.layers.0.self_attn.q_proj}.
 *
 * @param r rank where no pattern says otherwise, at least 1
 * @param loraAlpha where no pattern says otherwise
 * @param loraDropout in [0, 1)
 * @param targetModules names or suffixes of adapted modules, kept sorted
 * @param excludeModules names or suffixes of modules that are not adapted though targeted
 * @param useRslora scale alpha / sqrt(r) instead of alpha / r
 * @param useDora magnitudes of their own (DoRA)
 * @param modulesToSave names of fully trained modules; these are never adapted
 * @param layersToTransform layer numbers that are adapted; empty for all
 * @param layersPattern names of the list of layers, for {@code layersToTransform}; empty for any
 * @param rankPattern rank by module pattern; the first that matches counts
 * @param alphaPattern alpha by module pattern; the first that matches counts
 * @param baseModelNameOrPath what the adapter was trained on, for the reader
 * @param other further keys of the file as JSON text, kept for writing; none of them changes the mathematics
 */
public record AdapterConfig(
        int r,
        double loraAlpha,
        double loraDropout,
        List<String> targetModules,
        List<String> excludeModules,
        boolean useRslora,
        boolean useDora,
        List<String> modulesToSave,
        List<Integer> layersToTransform,
        List<String> layersPattern,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern,
        Optional<String> baseModelNameOrPath,
        Map<String, String> other) {
    public AdapterConfig {
        if (r < 1 || !(loraDropout >= 0 && loraDropout < 1) || !Double.isFinite(loraAlpha)) {
            throw new IllegalArgumentException("a LoRA needs r >= 1, a finite lora_alpha and lora_dropout in [0, 1), got r "
                    + r + ", lora_alpha " + loraAlpha + ", lora_dropout " + loraDropout);
        }
        targetModules = targetModules.stream().sorted().distinct().toList();
        excludeModules = List.copyOf(excludeModules);
        modulesToSave = List.copyOf(modulesToSave);
        layersToTransform = List.copyOf(layersToTransform);
        layersPattern = List.copyOf(layersPattern);
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
        other = Collections.unmodifiableMap(new LinkedHashMap<>(other));
        List<String> patterns = new ArrayList<>(rankPattern.keySet());
        patterns.addAll(alphaPattern.keySet());
        patterns.forEach(AdapterConfig::modulePattern);
    }

    /** A plain LoRA on these modules. */
    public static AdapterConfig lora(int r, double loraAlpha, double loraDropout, List<String> targetModules) {
        return new AdapterConfig(
                r, loraAlpha, loraDropout, targetModules, List.of(), false, false, List.of(), List.of(), List.of(),
                Map.of(), Map.of(), Optional.empty(), Map.of());
    }

    /** The same with rsLoRA and DoRA switched. */
    public AdapterConfig withVariants(boolean rslora, boolean dora) {
        return new AdapterConfig(
                r, loraAlpha, loraDropout, targetModules, excludeModules, rslora, dora, modulesToSave,
                layersToTransform, layersPattern, rankPattern, alphaPattern, baseModelNameOrPath, other);
    }

    /** The same with other fully trained modules. */
    public AdapterConfig withModulesToSave(List<String> modules) {
        return new AdapterConfig(
                r, loraAlpha, loraDropout, targetModules, excludeModules, useRslora, useDora, modules,
                layersToTransform, layersPattern, rankPattern, alphaPattern, baseModelNameOrPath, other);
    }

    /** The same with another name of the base. */
    public AdapterConfig withBase(String nameOrPath) {
        return new AdapterConfig(
                r, loraAlpha, loraDropout, targetModules, excludeModules, useRslora, useDora, modulesToSave,
                layersToTransform, layersPattern, rankPattern, alphaPattern, Optional.of(nameOrPath), other);
    }

    /** True when the module gets a LoRA. Decided as PEFT does it: exclusions first, then names, then layer numbers. */
    public boolean targets(String module) {
        if (names(excludeModules, module) || saves(module)) {
            return false;
        }
        if (targetModules.contains(module)) {
            return true;
        }
        return names(targetModules, module) && (layersToTransform.isEmpty() || inLayers(module));
    }

    /** True when the module, or one it lies in, is trained in full. */
    public boolean saves(String module) {
        return modulesToSave.stream().anyMatch(saved -> ("." + module + ".").contains("." + saved + "."));
    }

    /** The rank of the module's LoRA. */
    public int rankOf(String module) {
        return firstMatch(rankPattern, module).orElse(r);
    }

    /** The alpha of the module's LoRA. */
    public double alphaOf(String module) {
        return firstMatch(alphaPattern, module).orElse(loraAlpha);
    }

    /** What B A x is multiplied with: alpha / r, or alpha / sqrt(r) for rsLoRA. */
    public double scaleOf(String module) {
        int rank = rankOf(module);
        return alphaOf(module) / (useRslora ? Math.sqrt(rank) : rank);
    }

    private static boolean names(List<String> namesOrSuffixes, String module) {
        return namesOrSuffixes.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
    }

    private boolean inLayers(String module) {
        List<String> lists =
                layersPattern.isEmpty() ? List.of("[^.]*") : layersPattern.stream().map(Pattern::quote).toList();
        for (String list : lists) {
            Matcher layer = Pattern.compile(".*\\." + list + "\\.(\\d{1,9})\\..*").matcher(module);
            if (layer.matches()) {
                return layersToTransform.contains(Integer.parseInt(layer.group(1)));
            }
        }
        return false;
    }

    private static <T> Optional<T> firstMatch(Map<String, T> patterns, String module) {
        for (Map.Entry<String, T> pattern : patterns.entrySet()) {
            if (modulePattern(pattern.getKey()).matcher(module).matches()) {
                return Optional.of(pattern.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * PEFT reads a key of a pattern map as a regular expression for the end of a module name. The file may come from
     * anywhere, so repeated groups and {@code (?} constructs, which can take exponential time, are refused.
     */
    private static Pattern modulePattern(String key) {
        boolean repeatedGroup = key.matches("(?s).*\\)[*+?{].*") || key.contains("(?");
        if (key.length() > 200 || repeatedGroup) {
            throw new IllegalArgumentException("the module pattern '" + key
                    + "' is longer than 200 characters, repeats a group or uses '(?'; name the modules plainly");
        }
        // PatternSyntaxException is an IllegalArgumentException that shows the place of the mistake.
        return Pattern.compile("(.*\\.)?(" + key + ")");
    }
}
