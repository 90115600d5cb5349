package org.bayling.config;

/** From YAML and overrides to a checked {@link RunConfig}. Being built. */
public final class ConfigLoader {
    private ConfigLoader() {}
}
