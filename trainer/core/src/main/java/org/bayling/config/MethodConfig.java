package org.bayling.config;

import java.util.List;
import java.util.Optional;

/**
 * What is trained.
 *
 * @param lora empty for {@code finetuning_type: full}
 * @param neftuneNoiseAlpha {@code neftune_noise_alpha}: NEFTune (Jain et al. 2023), 0 is off
 */
public record MethodConfig(Optional<Lora> lora, double neftuneNoiseAlpha) {

    /**
     * {@code finetuning_type: lora} (Hu et al. 2021).
     *
     * @param rank {@code lora_rank}
     * @param alpha {@code lora_alpha}, default 2 x rank; the update is scaled by alpha / rank
     * @param dropout {@code lora_dropout}, probability
     * @param target {@code lora_target}: suffixes of module names; {@code all} is spelt out to the seven projections
     * @param useRslora {@code use_rslora}: scale alpha / sqrt(rank)
     * @param useDora {@code use_dora}: weight-decomposed (Liu et al. 2024)
     * @param loraplusLrRatio {@code loraplus_lr_ratio}: learning rate of B over that of A; 1 is off
     * @param modulesToSave {@code modules_to_save}: modules trained in full beside the adapter
     */
    public record Lora(
            int rank,
            double alpha,
            double dropout,
            List<String> target,
            boolean useRslora,
            boolean useDora,
            double loraplusLrRatio,
            List<String> modulesToSave) {

        /** The seven projections of a Llama layer, what {@code lora_target: all} means. */
        public static final List<String> ALL_PROJECTIONS =
                List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

        public Lora {
            target = List.copyOf(target);
            modulesToSave = List.copyOf(modulesToSave);
        }
    }

    /** True when every weight is trained. */
    public boolean isFull() {
        return lora.isEmpty();
    }
}
