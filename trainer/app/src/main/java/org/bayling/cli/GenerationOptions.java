package org.bayling.cli;

import java.util.List;
import java.util.Optional;
import org.bayling.generate.BeamSettings;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.SamplingSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How answers are chosen; what is not said here is as the model's {@code generation_config.json} says. */
final class GenerationOptions {
    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Tokens of an answer at most.")
    private Optional<Integer> maxNewTokens = Optional.empty();

    @Option(names = "--greedy", description = "Take the likeliest token each time.")
    private boolean greedy;

    @ArgGroup(exclusive = false)
    private Sampling sampling = new Sampling();

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "Above 1 makes tokens that occurred before less likely.")
    private Optional<Double> repetitionPenalty = Optional.empty();

    @Option(
            names = "--no-repeat-ngram-size",
            paramLabel = "N",
            description = "No sequence of N tokens occurs twice in prompt and answer; 0 is off.")
    private Optional<Integer> noRepeatNgramSize = Optional.empty();

    @Option(names = "--stop", paramLabel = "TEXT", description = "Ends an answer and is no part of it; repeatable.")
    private List<String> stopStrings = List.of();

    /** Each of these turns sampling on. */
    static final class Sampling {
        @Option(names = "--temperature", paramLabel = "X", description = "Sample with this temperature; 0 is --greedy.")
        private Optional<Double> temperature = Optional.empty();

        @Option(names = "--top-k", paramLabel = "N", description = "Sample among the N likeliest tokens; 0 is off.")
        private Optional<Integer> topK = Optional.empty();

        @Option(
                names = "--top-p",
                paramLabel = "X",
                description = "Sample among the likeliest tokens whose probabilities reach X; 1 is off.")
        private Optional<Double> topP = Optional.empty();

        @Option(names = "--seed", paramLabel = "N", description = "Of sampling: the same seed gives the same text.")
        private Optional<Long> seed = Optional.empty();
    }

    /** The model's settings with what was said on the command line. */
    GenerationSettings over(GenerationSettings model, CommandSpec spec) {
        try {
            GenerationSettings settings = sampled(model);
            if (maxNewTokens.isPresent()) {
                settings = settings.withMaxNewTokens(maxNewTokens.get());
            }
            if (repetitionPenalty.isPresent()) {
                settings = settings.withRepetitionPenalty(repetitionPenalty.get());
            }
            if (noRepeatNgramSize.isPresent()) {
                settings = settings.withNoRepeatNgramSize(noRepeatNgramSize.get());
            }
            if (!stopStrings.isEmpty()) {
                settings = settings.withStopStrings(stopStrings);
            }
            return settings;
        } catch (IllegalArgumentException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage(), problem);
        }
    }

    /** Beams that a model recommends give way to what was asked for, sampling or the likeliest token. */
    private GenerationSettings sampled(GenerationSettings model) {
        SamplingSettings said = sampled(model.sampling());
        return (said.doSample() || likeliest()) && model.beams().numBeams() > 1
                ? model.withNumReturnSequences(1).withBeams(BeamSettings.NONE).withSampling(said)
                : model.withSampling(said);
    }

    private SamplingSettings sampled(SamplingSettings model) {
        boolean asked = sampling.temperature.isPresent()
                || sampling.topK.isPresent()
                || sampling.topP.isPresent()
                || sampling.seed.isPresent();
        if (likeliest()) {
            return model.withDoSample(false);
        }
        return new SamplingSettings(
                model.doSample() || asked,
                sampling.temperature.orElse(model.temperature()),
                sampling.topK.orElse(model.topK()),
                sampling.topP.orElse(model.topP()),
                sampling.seed.orElse(model.seed()));
    }

    private boolean likeliest() {
        return greedy || sampling.temperature.equals(Optional.of(0.0));
    }
}
