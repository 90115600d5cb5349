package org.bayling.tokenizer.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: the only value that a template can change. */
final class NamespaceValue {
    final Map<String, Object> attributes = new LinkedHashMap<>();
}
