package org.bayling.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.fewshot.FewShot;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Examples in front of what a model is asked. */
final class FewShotOptions {

    /** How examples are chosen. */
    enum Sampler {
        first_n,
        random
    }

    @Option(
            names = "--num-fewshot",
            paramLabel = "N",
            defaultValue = "0",
            description = "Answered examples in front of each; default ${DEFAULT-VALUE}.")
    private int shots;

    @Option(
            names = "--fewshot-sampler",
            paramLabel = "HOW",
            description = {
                "Which ones: first_n, or random as Python's Random(seed).sample; default the task's own, first_n for",
                "translation."
            })
    private Optional<Sampler> sampler = Optional.empty();

    @Option(
            names = "--fewshot-seed",
            paramLabel = "N",
            defaultValue = "" + FewShot.SEED,
            description = "Of the random choice; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--fewshot-data",
            paramLabel = "PATH",
            description = "Where they are taken from; default FLORES's dev, else the data themselves.")
    private List<Path> data = List.of();

    /**
     * How many examples, and which.
     *
     * @param usual order where none is asked for
     * @throws ParameterException when the options contradict each other
     */
    FewShot choice(FewShot.Order usual, CommandSpec spec) {
        if (shots < 0) {
            throw new ParameterException(spec.commandLine(), "--num-fewshot must not be negative");
        }
        if (shots == 0 && !data.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--fewshot-data is for --num-fewshot");
        }
        FewShot.Order order = sampler.map(
                        how -> how == Sampler.first_n ? FewShot.Order.FIRST_N : FewShot.Order.RANDOM)
                .orElse(usual);
        return new FewShot(shots, order, seed);
    }

    /** Where examples are taken from; empty for the usual place. */
    List<Path> data() {
        return data;
    }
}
