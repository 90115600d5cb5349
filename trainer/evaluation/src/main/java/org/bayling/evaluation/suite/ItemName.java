package org.bayling.evaluation.suite;

import java.nio.file.Path;

/** What an item is called in the results of every system, wherever each found the data. */
final class ItemName {
    private ItemName() {}

    /** The last two parts of its place: {@code zh/val.jsonl:3}. */
    static String of(String place) {
        Path path = Path.of(place);
        int names = path.getNameCount();
        return path.subpath(Math.max(0, names - 2), names).toString();
    }
}
