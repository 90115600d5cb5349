package org.bayling.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source the file's name, or {@code override}
 * @param line 1-based; 0 where no line is to blame
 * @param column 1-based; 0 where no line is to blame
 * @param key key path such as {@code datasets.0.format}; empty where the file as a whole is meant
 * @param message what was wrong and what was expected
 * @param hint what to do next; empty when the message says it all
 */
public record ConfigProblem(String source, int line, int column, String key, String message, String hint) {

    /** {@code run.yaml:3:1: lora_rnk: unknown key (did you mean lora_rank?)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        text.append(message);
        if (!hint.isEmpty()) {
            text.append(" (").append(hint).append(')');
        }
        return text.toString();
    }
}
