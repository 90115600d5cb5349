package org.bayling.tokenizer.chat;

import java.util.List;

/** The variable {@code loop} inside of a for statement. */
final class LoopValue {
    private final List<Object> items;
    private final int depth;
    private final Budget budget;
    private int index = -1;
    private Object lastChecked;

    LoopValue(List<Object> items, int depth, Budget budget) {
        this.items = items;
        this.depth = depth;
        this.budget = budget;
    }

    int depth() {
        return depth;
    }

    void advance() {
        index++;
    }

    /** An attribute; null when there is no such one. */
    Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) items.size() - index;
            case "revindex0" -> (long) items.size() - index - 1;
            case "first" -> index == 0;
            case "last" -> index == items.size() - 1;
            case "length" -> (long) items.size();
            case "depth" -> depth + 1L;
            case "depth0" -> (long) depth;
            case "previtem" ->
                index > 0 ? items.get(index - 1) : new Undefined("there is no previous item");
            case "nextitem" ->
                index + 1 < items.size() ? items.get(index + 1) : new Undefined("there is no next item");
            case "cycle" ->
                (Callable) (positional, named) -> {
                    if (positional.isEmpty()) {
                        throw new ValueException("no items for cycling given");
                    }
                    return positional.get(index % positional.size());
                };
            case "changed" ->
                (Callable) (positional, named) -> {
                    Object now = new Tuple(List.copyOf(positional));
                    boolean changed = lastChecked == null || !Values.equal(lastChecked, now, budget);
                    lastChecked = now;
                    return changed;
                };
            default -> null;
        };
    }
}
