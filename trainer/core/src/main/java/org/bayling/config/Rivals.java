package org.bayling.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Pairs of keys of which a run has one: given as an override, it takes the place of the file's other one. */
final class Rivals {
    private static final Predicate<Setting> ALWAYS = setting -> true;

    /** @param firstSpeaks when the first key says anything; {@code max_steps: -1} for example does not */
    private record Pair(String first, Predicate<Setting> firstSpeaks, String second) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("max_steps", setting -> (long) setting.value() > 0, "num_train_epochs"),
            new Pair("val_size", setting -> (double) setting.value() > 0, "eval_dataset"),
            new Pair("warmup_steps", ALWAYS, "warmup_ratio"),
            new Pair("lr_scheduler_kwargs.min_lr_rate", ALWAYS, "lr_scheduler_kwargs.min_lr"));

    private Rivals() {}

    /** The settings without those of the file that an override displaces; each gives a notice. */
    static Settings settle(Settings settings, Findings findings) {
        Map<String, Setting> values = new LinkedHashMap<>(settings.values());
        for (Pair pair : PAIRS) {
            boolean firstSpeaks = settings.given(pair.first())
                    && pair.firstSpeaks().test(settings.values().get(pair.first()));
            if (firstSpeaks && settings.given(pair.second())) {
                boolean first = isOverride(settings, pair.first());
                boolean second = isOverride(settings, pair.second());
                if (first && !second) {
                    displace(pair.second(), pair.first(), values, findings);
                } else if (second && !first) {
                    displace(pair.first(), pair.second(), values, findings);
                }
            }
        }
        return new Settings(values, settings.broken());
    }

    private static boolean isOverride(Settings settings, String key) {
        return settings.origin(key).equals(Origin.OVERRIDE);
    }

    private static void displace(String loser, String winner, Map<String, Setting> values, Findings findings) {
        findings.notice(loser + " of the file gives way to the override of " + winner);
        values.remove(loser);
        ConfigKeys.ROOT.standard(loser, findings).ifPresent(setting -> values.put(loser, setting));
    }
}
