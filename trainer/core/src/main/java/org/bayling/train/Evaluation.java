package org.bayling.train;

import java.io.IOException;
import java.util.Optional;
import org.bayling.data.Batch;
import org.bayling.data.EvaluationData;
import org.bayling.model.LlamaModel;
import org.bayling.tensor.Kernels;
import org.bayling.tensor.TensorScope;

/** Loss over the evaluation split: the same rows and the same head as training, without gradients or noise. */
final class Evaluation {
    private final Kernels kernels;
    private final LayerwiseBackprop backprop;
    private final LossHead head;

    Evaluation(Kernels kernels, LlamaModel model) {
        this.kernels = kernels;
        this.backprop = new LayerwiseBackprop(kernels, model, 0);
        this.head = new LossHead(kernels, model);
    }

    /** Two numbers a group, whatever the size of the data. */
    LossTally run(EvaluationData data) throws IOException {
        LossTally tally = new LossTally(data.groups().size());
        for (long i = 0; i < data.batches(); i++) {
            for (Batch row : TrainStep.rows(data.batch(i))) {
                try (TensorScope scope = kernels.scope()) {
                    LayerwiseBackprop.Pass pass = backprop.forward(
                            scope, row.tokens(), row.starts(), LayerwiseBackprop.Noise.NONE, false);
                    tally.add(row, head.run(scope, pass.output(), row.labels(), Optional.empty(), 1));
                }
            }
        }
        return tally;
    }
}
