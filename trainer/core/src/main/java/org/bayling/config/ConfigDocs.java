package org.bayling.config;

import java.util.stream.Collectors;

/** The key table as text for people. */
public final class ConfigDocs {
    private ConfigDocs() {}

    /** Every key with its type, default, meaning and other names, then the keys that are refused and why. */
    public static String text() {
        StringBuilder text = new StringBuilder();
        ConfigKeys.ROOT.keys().forEach(key -> append(text, "", key));
        text.append("\nIn each item of datasets and eval_dataset:\n");
        ConfigKeys.DATASET.keys().forEach(key -> append(text, "  ", key));
        text.append("\nKeys of other tools that are not read:\n");
        ConfigKeys.ROOT.foreign().forEach(key -> text.append(key.name())
                .append(" (")
                .append(key.meaning() == ForeignKey.Meaning.HARMLESS ? "ignored" : "refused")
                .append("): ")
                .append(key.why())
                .append('\n'));
        return text.toString();
    }

    private static void append(StringBuilder text, String indent, Key key) {
        text.append(indent).append(key.name()).append(": ").append(key.type().description());
        if (key.required()) {
            text.append("; required");
        } else if (!key.standard().isEmpty()) {
            text.append("; default ").append(key.standard());
        }
        text.append('\n').append(indent).append("    ").append(key.doc()).append('\n');
        if (!key.example().isEmpty()) {
            String name = key.name().substring(key.name().lastIndexOf('.') + 1);
            text.append(indent).append("    for example ").append(name).append(": ").append(key.example()).append('\n');
        }
        if (!key.aliases().isEmpty()) {
            String names = key.aliases().stream()
                    .map(alias -> alias.name() + " (" + alias.tool() + ")")
                    .collect(Collectors.joining(", "));
            text.append(indent).append("    also ").append(names).append('\n');
        }
    }
}
