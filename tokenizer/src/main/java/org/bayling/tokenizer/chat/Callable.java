package org.bayling.tokenizer.chat;

import java.util.List;
import java.util.Map;

/** A function of the template language. */
interface Callable {
    Object call(List<Object> positional, Map<String, Object> named);
}
