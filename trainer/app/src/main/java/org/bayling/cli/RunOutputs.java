package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.config.BatchConfig;
import org.bayling.config.OutputConfig;
import org.bayling.config.RunConfig;
import org.bayling.observe.ConsoleProgress;
import org.bayling.observe.JsonlLog;
import org.bayling.observe.RunObserver;
import org.bayling.observe.RunObservers;
import org.bayling.observe.RunReport;
import org.bayling.observe.TensorBoardWriter;
import org.bayling.observe.Terminal;
import org.bayling.observe.TrainerState;
import org.bayling.train.RunDirectory;
import org.bayling.train.TrainingRun;

/** Where the events of a run go: its folder's files and the console. */
final class RunOutputs {
    private RunOutputs() {}

    /** Opens all of them; the log is cut back to the step that the run goes on from. Close the result. */
    static RunObservers open(TrainingRun run, RunConfig config, Terminal terminal) throws IOException {
        OutputConfig output = config.output();
        Path folder = run.directory().path();
        Path log = folder.resolve(RunDirectory.LOG);
        List<RunObserver> observers = new ArrayList<>();
        try {
            observers.add(JsonlLog.open(log, run.firstStep()));
            observers.add(TrainerState.open(
                    folder.resolve(RunDirectory.TRAINER_STATE),
                    log,
                    settings(config, run.model().parameters().elements())));
            if (output.reportTo().contains("tensorboard")) {
                observers.add(
                        TensorBoardWriter.create(folder.resolve(RunDirectory.TENSORBOARD), output.loggingSteps()));
            }
            observers.add(new ConsoleProgress(terminal, output.loggingSteps()));
            if (output.plotLoss()) {
                observers.add(report(folder).whenFinished(log, folder.resolve(RunDirectory.REPORT)));
            }
            return RunObservers.of(observers);
        } catch (IOException | RuntimeException problem) {
            RunObservers.of(observers).close();
            throw problem;
        }
    }

    /** The report of a run, named after its folder. */
    static RunReport report(Path folder) {
        return new RunReport("BayLing run " + folder.toAbsolutePath().normalize().getFileName());
    }

    private static TrainerState.Settings settings(RunConfig config, long parameters) {
        OutputConfig output = config.output();
        BatchConfig batch = config.batch();
        boolean bySteps = output.evalStrategy() == OutputConfig.EvalStrategy.STEPS;
        return new TrainerState.Settings(
                output.loggingSteps(),
                bySteps ? output.evalSteps() : 0,
                output.saveSteps(),
                batch.perDeviceTrainBatchSize(),
                batch.perDeviceEvalBatchSize(),
                batch.perDeviceTrainBatchSize() * batch.gradientAccumulationSteps(),
                parameters);
    }
}
