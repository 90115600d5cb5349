package org.bayling.cli;

import java.util.Optional;
import org.bayling.generate.BeamSettings;
import org.bayling.generate.BeamSettings.EarlyStopping;
import org.bayling.generate.GenerationSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** How many answers are made of a prompt, and how they are searched. */
final class SearchOptions {
    @Option(names = "--num-beams", paramLabel = "N", description = "Search with so many beams; 1 is no beam search.")
    private Optional<Integer> numBeams = Optional.empty();

    @Option(
            names = "--length-penalty",
            paramLabel = "X",
            description = "Of beams: above 0 favours long answers, below 0 short ones.")
    private Optional<Double> lengthPenalty = Optional.empty();

    @Option(
            names = "--early-stopping",
            paramLabel = "WHEN",
            converter = WhenConverter.class,
            description = "Of beams: true ends with as many answers as beams, false when better ones are unlikely,"
                    + " never when they are impossible.")
    private Optional<EarlyStopping> earlyStopping = Optional.empty();

    @Option(
            names = "--num-return-sequences",
            paramLabel = "N",
            description = "Answers to each prompt; needs sampling or as many beams.")
    private Optional<Integer> numReturnSequences = Optional.empty();

    /** Reads the three words as transformers writes them. */
    static final class WhenConverter implements ITypeConverter<EarlyStopping> {
        @Override
        public EarlyStopping convert(String word) {
            return switch (word) {
                case "true" -> EarlyStopping.TRUE;
                case "false" -> EarlyStopping.FALSE;
                case "never" -> EarlyStopping.NEVER;
                default -> throw new TypeConversionException("'" + word + "' is none of true, false, never");
            };
        }
    }

    /** Settings with what was said on the command line. */
    GenerationSettings over(GenerationSettings settings, CommandSpec spec) {
        try {
            BeamSettings model = settings.sampling().doSample() ? BeamSettings.NONE : settings.beams();
            BeamSettings beams = new BeamSettings(
                    numBeams.orElse(model.numBeams()),
                    lengthPenalty.orElse(model.lengthPenalty()),
                    earlyStopping.orElse(model.earlyStopping()));
            int answers = numReturnSequences.orElse(settings.numReturnSequences());
            return settings.withNumReturnSequences(1).withBeams(beams).withNumReturnSequences(answers);
        } catch (IllegalArgumentException problem) {
            throw new ParameterException(spec.commandLine(), problem.getMessage(), problem);
        }
    }
}
