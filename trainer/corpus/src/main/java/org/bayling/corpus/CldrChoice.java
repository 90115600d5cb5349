package org.bayling.corpus;

import java.util.List;

/**
 * A question of the quickstart with options.
 *
 * @param sample question, right answer, and where both come from
 * @param options all different
 * @param right index of the right answer among them
 */
public record CldrChoice(Instruction sample, List<String> options, int right) {
    public CldrChoice {
        options = List.copyOf(options);
    }
}
