package org.bayling.corpus;

/**
 * One generated sample: a question, its answer, and where both come from.
 *
 * @param instruction what is asked, in the pivot's language
 * @param output the answer, straight from CLDR
 * @param direction from which language into which
 * @param item what it is about
 * @param template which frame was filled, for example {@code territory-zh-into-3}
 */
public record Instruction(String instruction, String output, Direction direction, CldrItem item, String template) {}
