package org.bayling.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The shipped nano base and the quickstart as one recipe: the seeds and sizes that belong together. What is held out
 * here is what the shipped base has not seen, so that the quickstart must use the same recipe as its base.
 */
public final class NanoRecipe {
    /** The base's text: {@value} documents of about 125 tokens. */
    public static final long DOCUMENTS = 60_000;

    /** Instructions that the quickstart tunes on. */
    public static final int TUNING = 8_000;

    /** Questions that it is examined with, before and after: eight in each of 42 languages. */
    public static final int HELD_OUT = 336;

    private static final long SELECTION_SEED = 1;
    private static final long TEXT_SEED = 2;
    private static final long INSTRUCTION_SEED = 3;

    private final NanoSelection selection;
    private final NanoCorpus corpus;
    private final CldrInstructions instructions;

    public NanoRecipe() {
        CldrFacts facts = new CldrFacts();
        selection = new NanoSelection(new LanguageRegistry(), SELECTION_SEED);
        corpus = new NanoCorpus(facts, selection, TEXT_SEED);
        instructions = new CldrInstructions(facts, selection, INSTRUCTION_SEED);
    }

    /** The languages, English and Chinese first. */
    public List<Language> languages() {
        return selection.languages();
    }

    /** The questions of the examination, languages in turn. */
    public List<Instruction> heldOut() {
        return instructions.heldOut(HELD_OUT);
    }

    /** Writes {@code tuning.jsonl}, {@code held-out.jsonl} and, the latter with options, {@code choices.jsonl}. */
    public void writeInstructions(Path folder) throws IOException {
        JsonlWriter writer = new JsonlWriter();
        writer.instructions(folder.resolve("tuning.jsonl"), instructions.tuning(TUNING));
        List<Instruction> heldOut = heldOut();
        writer.instructions(folder.resolve("held-out.jsonl"), heldOut);
        List<CldrChoice> choices = new ArrayList<>();
        for (Instruction sample : heldOut) {
            choices.add(instructions.choice(sample, choices.size()));
        }
        writer.choices(folder.resolve("choices.jsonl"), choices);
    }

    /**
     * Writes what {@code configs/nano-base.yaml} starts from: {@code config.json}, the tokenizer, {@code text.jsonl}.
     *
     * @param documents how many documents of text; the shipped base has {@link #DOCUMENTS}
     */
    public void writeBase(Path folder, long documents) throws IOException {
        new NanoBase(corpus, instructions).write(folder);
        new JsonlWriter().documents(folder.resolve("text.jsonl"), corpus, documents);
    }
}
