package org.bayling.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a YAML file and overrides to a checked {@link RunConfig}: defaults, then the file, then the overrides.
 *
 * <p>Relative paths in a configuration are taken from the current directory, as in LLaMA-Factory, not from the file's.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * Reads a configuration. Paths in it need not exist yet.
     *
     * @param yaml a UTF-8 YAML file of at most 1 MiB
     * @param overrides {@code key=value}; a key may be a dotted path such as {@code datasets.0.weight}, the last of
     *     equal keys counts, and values are YAML scalars (or lists and mappings in brackets and braces). An override of
     *     {@code max_steps} takes the place of the file's {@code num_train_epochs}, and so on; see {@link Rivals}
     * @throws ConfigException with every problem at once; the exit code for it is 2
     */
    public static LoadedConfig load(Path yaml, List<String> overrides) throws ConfigException {
        Findings findings = new Findings(yaml.toString());
        ConfigNode.Mapping file = YamlTree.read(yaml, findings);
        ConfigNode.Mapping merged = new Overrides(findings).apply(file, overrides);
        Settings settings = Rivals.settle(ConfigKeys.ROOT.read(merged, "", findings), findings);
        new CrossRules(settings, findings).check();
        findings.throwIfAny();
        RunConfig config = new RunConfigAssembly(settings).assemble();
        return new LoadedConfig(config, findings.notices(), ResolvedSettings.of(config, origins(settings)));
    }

    /** Two ways to say one thing count for the key under which it is resolved. */
    private static Map<String, Origin> origins(Settings settings) {
        Map<String, Origin> origins = new LinkedHashMap<>();
        settings.values().forEach((key, setting) -> origins.put(key, setting.origin()));
        moveOrigin(origins, "warmup_ratio", "warmup_steps");
        moveOrigin(origins, "lr_scheduler_kwargs.min_lr", "lr_scheduler_kwargs.min_lr_rate");
        return origins;
    }

    private static void moveOrigin(Map<String, Origin> origins, String from, String to) {
        if (origins.containsKey(from)) {
            origins.put(to, origins.get(from));
        }
    }
}
