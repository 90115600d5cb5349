package org.bayling.tokenizer.chat;

import java.util.HashMap;
import java.util.Map;

/** Variables, and the scope around them. */
final class Scope {
    private final Scope around;
    private final Map<String, Object> variables = new HashMap<>();

    Scope(Scope around) {
        this.around = around;
    }

    /** The value of a variable; null when no scope has it. */
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Object value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }
}
