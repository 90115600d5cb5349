package org.bayling.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.EngineTest;
import org.bayling.Shared;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.config.MethodConfig;
import org.bayling.config.OptimizerConfig;
import org.bayling.data.Batch;
import org.bayling.distributed.SingleProcess;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader;
import org.bayling.model.Parameter;
import org.bayling.numeric.Rng;
import org.bayling.optim.AdamW;
import org.bayling.optim.LossScaler;
import org.bayling.tensor.HostTransfer;
import org.junit.jupiter.api.Test;

/** However eight samples of unequal length are cut into micro-batches, the step is the same. */
class AccumulationTest extends EngineTest {
    private static final double TOLERANCE = 1e-6;
    private static final OptimizerConfig PLAIN = new OptimizerConfig(
            OptimizerConfig.Name.ADAMW, 1e-3, OptimizerConfig.Scheduler.CONSTANT, 0, 0, 0, 0, 0.9, 0.999, 1e-8, 1, 3);

    private record Taken(double loss, double gradNorm, List<float[]> moments) {}

    @Test
    void oneBatchOfEightEqualsTwoOfFourAndEightOfOne() throws IOException {
        Taken whole = step(8, 0);
        for (int size : new int[] {4, 1}) {
            Taken parts = step(size, 0);
            assertThat(Relative.error(parts.loss(), whole.loss())).isLessThan(TOLERANCE);
            assertThat(Relative.error(parts.gradNorm(), whole.gradNorm())).isLessThan(TOLERANCE);
            for (int i = 0; i < whole.moments().size(); i++) {
                assertThat(Relative.error(parts.moments().get(i), whole.moments().get(i))).isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void layersComputedAgainInTheBackwardPassChangeNoBit() throws IOException {
        Taken kept = step(8, 0);
        Taken recomputed = step(8, 3);
        assertThat(recomputed.loss()).isEqualTo(kept.loss());
        for (int i = 0; i < kept.moments().size(); i++) {
            assertThat(recomputed.moments().get(i)).isEqualTo(kept.moments().get(i));
        }
    }

    /** After the first step Adam's first moment is a tenth of the clipped gradient. */
    private static Taken step(int microBatch, int recomputed) throws IOException {
        List<GradientInspection.InputRow> rows = rows();
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += microBatch) {
            batches.add(Batches.of(rows.subList(i, i + microBatch)));
        }
        try (HfModelDir files = HfModelDir.open(Shared.path("golden/tiny/mha-untied"));
                LlamaModel model = TinyModels.base(kernels, files, ModelLoader.Trained.ALL);
                AdamW optimizer = new AdamW(kernels, model, PLAIN, 1);
                TrainStep step = new TrainStep(
                        kernels, model, optimizer, new LossScaler(false), new SingleProcess(),
                        new MethodConfig(Optional.empty(), 0), recomputed, 1, 0)) {
            TrainStep.Outcome outcome = step.run(batches, 1e-3, 1, false);
            HostTransfer transfer = new HostTransfer(kernels);
            List<float[]> moments = new ArrayList<>();
            for (Parameter parameter : model.parameters().trained()) {
                moments.add(transfer.toFloats(optimizer.expAvg().get(parameter.name())));
            }
            return new Taken(outcome.losses().loss(), outcome.gradNorm(), moments);
        }
    }

    private static List<GradientInspection.InputRow> rows() {
        List<GradientInspection.InputRow> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int row = i;
            int length = 5 + 11 * i;
            int[] tokens = new int[length];
            Arrays.setAll(tokens, t -> (int) Rng.below(320, 7, row, t));
            int[] labels = tokens.clone();
            Arrays.fill(labels, 0, 1 + i, Batch.UNTRAINED);
            rows.add(new GradientInspection.InputRow(tokens, labels, new int[] {0, length}));
        }
        return rows;
    }
}
