package org.bayling.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.numeric.Rng;

/**
 * Where a run stands between two steps: everything that is not a tensor and that the next step depends on.
 *
 * @param step optimizer steps done, the skipped ones too; also the cursor into the data
 * @param optimizerSteps steps that changed the weights
 * @param skippedInARow steps in a row that were not finite
 * @param totalTokens real tokens computed
 * @param sampleDigest hash over the numbers of all samples consumed, in order
 * @param lossScale of fp16
 * @param goodSteps since the loss scale changed
 * @param bestLoss lowest evaluation loss, NaN before the first
 * @param bestStep where it was
 * @param productDtype what products ran in; a resumed run keeps it, whatever its machine would choose
 */
public record TrainState(
        long step,
        long optimizerSteps,
        int skippedInARow,
        long totalTokens,
        long sampleDigest,
        double lossScale,
        int goodSteps,
        double bestLoss,
        long bestStep,
        String productDtype) {

    /** Before the first step. */
    static TrainState start(String productDtype) {
        return new TrainState(0, 0, 0, 0, 0, 1, 0, Double.NaN, 0, productDtype);
    }

    /** The digest after more samples. */
    static long digest(long digest, long[] samples) {
        long result = digest;
        for (long sample : samples) {
            result = Rng.mix(result, sample);
        }
        return result;
    }

    String digestText() {
        return HexFormat.of().toHexDigits(sampleDigest);
    }

    TrainState withBest(double loss) {
        return new TrainState(
                step, optimizerSteps, skippedInARow, totalTokens, sampleDigest, lossScale, goodSteps, loss, step,
                productDtype);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonFiles.newObject();
        json.put("step", step);
        json.put("optimizer_steps", optimizerSteps);
        json.put("skipped_in_a_row", skippedInARow);
        json.put("total_tokens", totalTokens);
        json.put("sample_digest", digestText());
        json.put("loss_scale", lossScale);
        json.put("good_steps", goodSteps);
        json.put("best_loss", Double.isNaN(bestLoss) ? null : (Double) bestLoss);
        json.put("best_step", bestStep);
        json.put("product_dtype", productDtype);
        return json;
    }

    static TrainState fromJson(ObjectNode json) {
        return new TrainState(
                json.path("step").asLong(),
                json.path("optimizer_steps").asLong(),
                json.path("skipped_in_a_row").asInt(),
                json.path("total_tokens").asLong(),
                HexFormat.fromHexDigitsToLong(json.path("sample_digest").asText()),
                json.path("loss_scale").asDouble(1),
                json.path("good_steps").asInt(),
                json.path("best_loss").isNumber() ? json.path("best_loss").asDouble() : Double.NaN,
                json.path("best_step").asLong(),
                json.path("product_dtype").asText());
    }
}
