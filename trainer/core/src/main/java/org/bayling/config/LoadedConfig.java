package org.bayling.config;

import java.util.List;

/**
 * A configuration that passed every check.
 *
 * @param notices lines for the person, such as {@code sequence_len read as cutoff_len}, in the order of the file
 * @param resolved every value with where it came from
 */
public record LoadedConfig(RunConfig config, List<String> notices, ResolvedSettings resolved) {
    public LoadedConfig {
        notices = List.copyOf(notices);
    }
}
