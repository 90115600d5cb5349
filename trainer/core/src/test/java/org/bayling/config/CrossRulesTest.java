package org.bayling.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bayling.config.ConfigFiles.MINIMAL;
import static org.bayling.config.ConfigFiles.config;
import static org.bayling.config.ConfigFiles.load;
import static org.bayling.config.ConfigFiles.problemsOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossRulesTest {
    private static final String FLOOR = "lr_scheduler_type: cosine_with_min_lr; lr_scheduler_kwargs: ";
    private static final String BEST = "load_best_model_at_end";

    /** Lines joined by ;, the line that is to blame, its key, and a part of the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "finetuning_type: full; lora_rank: 4 | 6 | lora_rank | no effect with finetuning_type: full",
        "lora_r: 4; finetuning_type: full | 5 | lora_r | no effect with finetuning_type: full",
        "adapter_name_or_path: a; finetuning_type: full | 5 | adapter_name_or_path | no effect",
        "train_from_scratch: true | 5 | train_from_scratch | can't be trained as an adapter",
        "lora_target: [q_proj, gate_pro] | 5 | lora_target | \"gate_pro\" is not a projection",
        "mask_history: true; train_on_prompt: true | 5 | mask_history | train_on_prompt",
        "roles_to_train: [user] | 5 | roles_to_train | only [assistant]",
        "global_batch_size: 10; gradient_accumulation_steps: 2 | 5 | global_batch_size | x 1 rank = 16",
        "max_steps: 0 | 5 | max_steps | train nothing",
        "num_train_epochs: 2; max_steps: 10 | 6 | max_steps | together with num_train_epochs",
        "warmup_steps: 10; warmup_ratio: 0.1 | 6 | warmup_ratio | together with warmup_steps",
        "warmup_steps: 10.5 | 5 | warmup_steps | whole number of steps",
        "lr_scheduler_type: constant; warmup_steps: 10 | 6 | warmup_steps | no effect",
        "lr_scheduler_kwargs: {num_decay_steps: 10} | 5 | lr_scheduler_kwargs.num_decay_steps | no effect",
        "lr_scheduler_kwargs: {min_lr_rate: 0.1} | 5 | lr_scheduler_kwargs.min_lr_rate | no effect",
        "lr_scheduler_type: cosine_with_min_lr | 5 | lr_scheduler_type | needs its floor",
        FLOOR + "{min_lr: 1} | 6 | lr_scheduler_kwargs.min_lr | above learning_rate",
        FLOOR + "{min_lr: 0, min_lr_rate: 0} | 6 | lr_scheduler_kwargs.min_lr | together",
        "val_size: 0.1; eval_dataset: [{path: a}]; eval_strategy: epoch | 5 | val_size | together with eval_dataset",
        "val_size: 10.5; eval_strategy: epoch | 5 | val_size | whole number of samples",
        "eval_strategy: steps; val_size: 5 | 5 | eval_strategy | needs eval_steps",
        "eval_strategy: steps; eval_steps: 5 | 5 | eval_strategy | nothing to evaluate on",
        "val_size: 5; eval_steps: 5 | 6 | eval_steps | no effect with eval_strategy: no",
        "load_best_model_at_end: true | 5 | load_best_model_at_end | needs an evaluation",
        "val_size: 5; eval_strategy: steps; eval_steps: 7; " + BEST + ": true | 8 | " + BEST + " | not a multiple",
        "report_to: [tensorboard, wandb] | 5 | report_to | \"wandb\" is not offered",
    })
    void keysThatContradictEachOtherAreRefused(String lines, int line, String key, String message) {
        assertThat(problemsOf(lines.replace("; ", "\n") + "\n")).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.message()).contains(message);
            assertThat(problem.hint() + problem.message()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "finetuning_type: full; train_from_scratch: true",
        "global_batch_size: 16; gradient_accumulation_steps: 2",
        "max_steps: -1; num_train_epochs: 2",
        "warmup_steps: 0; warmup_ratio: 0.1",
        "lr_scheduler_type: constant_with_warmup; warmup_steps: 10",
        "lr_scheduler_type: warmup_stable_decay; lr_scheduler_kwargs: {num_decay_steps: 10, min_lr: 1.0e-6}",
        "val_size: 5; eval_strategy: steps; eval_steps: 100; load_best_model_at_end: true",
        "eval_dataset: [{path: a}]; eval_strategy: epoch; load_best_model_at_end: true",
        "val_size: 0; eval_dataset: [{path: a}]; eval_strategy: epoch",
        "report_to: none",
        "streaming: true; mix_strategy: concat; dp_shard_size: 1; stage: sft; roles_to_train: [assistant]",
    })
    void keysThatGoTogetherAreAccepted(String lines) throws ConfigException {
        assertThat(config(lines.replace("; ", "\n") + "\n")).isNotNull();
    }

    @Test
    void minimumRateIsKeptAsAShareOfThePeak() throws ConfigException {
        String lines = "learning_rate: 2.0e-4\nlr_scheduler_type: cosine_with_min_lr\n";
        assertThat(config(lines + "lr_scheduler_kwargs: {min_lr: 2.0e-5}\n").optimizer().minLrRatio())
                .isEqualTo(2.0e-5 / 2.0e-4);
    }

    @Test
    void packingSaysHowItDiffersFromLlamaFactory() throws ConfigException {
        assertThat(load(MINIMAL + "packing: true\n").notices())
                .anySatisfy(notice -> assertThat(notice).contains("never see each other").contains("LLaMA-Factory"));
        assertThat(load(MINIMAL + "neat_packing: true\n").notices()).containsExactly("neat_packing read as packing");
    }

    @Test
    void brokenValueDoesNotCauseFurtherProblems() {
        assertThat(problemsOf("eval_strategy: stps\neval_steps: x\nload_best_model_at_end: true\n")).hasSize(2);
    }
}
