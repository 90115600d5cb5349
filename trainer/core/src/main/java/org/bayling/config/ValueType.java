package org.bayling.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the value of a key may be: one place from which parsing, printed docs and the JSON Schema follow. */
interface ValueType {
    /** For messages and docs: "a whole number from 1". */
    String description();

    /** The typed value, or null after a problem was recorded. Never called with a null scalar. */
    Object read(ConfigNode node, String key, Findings findings);

    /** Adds {@code type} and limits to the key's JSON Schema. */
    void schema(ObjectNode into);

    /** Records that the node is not what {@link #description()} says. */
    default Object mismatch(ConfigNode node, String key, Findings findings, String hint) {
        findings.problem(node.origin(), key, "expected " + description() + ", found " + node.kind(), hint);
        return null;
    }
}
