package org.bayling.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold between keys. Each rule stands by itself and says where the later-written key is. */
final class CrossRules {
    private static final Set<String> MIN_LR_SCHEDULERS = Set.of("cosine_with_min_lr", "warmup_stable_decay");
    private static final List<String> LORA_KEYS = List.of(
            "lora_rank",
            "lora_alpha",
            "lora_dropout",
            "lora_target",
            "use_rslora",
            "use_dora",
            "loraplus_lr_ratio",
            "modules_to_save",
            "adapter_name_or_path");

    private static final List<String> MODULE_PARTS = Stream.concat(
                    Stream.of(
                            "embed_tokens", "lm_head", "norm", "input_layernorm", "post_attention_layernorm", "model",
                            "layers", "self_attn", "mlp"),
                    MethodConfig.Lora.ALL_PROJECTIONS.stream())
            .toList();

    private final Settings settings;
    private final Findings findings;

    CrossRules(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    void check() {
        method();
        loraTarget();
        modulesToSave();
        masking();
        batch();
        schedule();
        minimumRate();
        evaluation();
        bestCheckpoint();
        reports();
        worthSaying();
    }

    private void method() {
        if (!settings.sound("finetuning_type")) {
            return;
        }
        boolean full = settings.text("finetuning_type").equals("full");
        if (full) {
            for (String key : LORA_KEYS) {
                if (settings.given(key)) {
                    problem(key, "has no effect with finetuning_type: full", "remove it, or train with lora");
                }
            }
        } else if (settings.flag("train_from_scratch")) {
            problem("train_from_scratch", "a new model can't be trained as an adapter", "write finetuning_type: full");
        }
    }

    @SuppressWarnings("unchecked")
    private void loraTarget() {
        List<String> targets = settings.get("lora_target", List.class);
        if (targets.equals(List.of("all"))) {
            return;
        }
        for (String target : targets) {
            if (!MethodConfig.Lora.ALL_PROJECTIONS.contains(target)) {
                String near = ValueTypes.didYouMean(target, MethodConfig.Lora.ALL_PROJECTIONS);
                String known = "known are all, or " + String.join(", ", MethodConfig.Lora.ALL_PROJECTIONS);
                problem("lora_target", "\"" + target + "\" is not a projection", near.isEmpty() ? known : near);
            }
        }
    }

    /** Known are the parts of the paths of a Llama's modules; which layers there are only a model tells. */
    @SuppressWarnings("unchecked")
    private void modulesToSave() {
        if (!settings.given("modules_to_save") || !settings.sound("modules_to_save")) {
            return;
        }
        List<String> modules = settings.get("modules_to_save", List.class);
        for (String module : modules) {
            for (String part : module.split("\\.", -1)) {
                if (!MODULE_PARTS.contains(part) && !part.matches("\\d{1,6}")) {
                    String near = ValueTypes.didYouMean(part, MODULE_PARTS);
                    String known = "for example embed_tokens, lm_head, norm or q_proj";
                    problem(
                            "modules_to_save",
                            "\"" + module + "\" names no module of a Llama",
                            near.isEmpty() ? known : near);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void masking() {
        if (settings.flag("mask_history") && settings.flag("train_on_prompt")) {
            problem("mask_history", "can't be true together with train_on_prompt", "keep one of them");
        }
        if (!settings.get("roles_to_train", List.class).equals(List.of("assistant"))) {
            problem(
                    "roles_to_train",
                    "only [assistant] is offered",
                    "train_on_prompt: true trains every role's tokens");
        }
    }

    private void batch() {
        if (settings.given("global_batch_size")
                && settings.sound("per_device_train_batch_size", "gradient_accumulation_steps")) {
            long perDevice = settings.whole("per_device_train_batch_size");
            long accumulation = settings.whole("gradient_accumulation_steps");
            long global = settings.whole("global_batch_size");
            if (global != perDevice * accumulation) {
                problem(
                        "global_batch_size",
                        global + " is not per_device_train_batch_size " + perDevice
                                + " x gradient_accumulation_steps " + accumulation + " x 1 rank = "
                                + perDevice * accumulation,
                        "change one of the three");
            }
        }
        if (settings.whole("max_steps") == 0) {
            problem("max_steps", "0 steps train nothing", "-1 lets num_train_epochs decide");
        }
        if (settings.given("max_steps") && settings.whole("max_steps") > 0 && settings.given("num_train_epochs")) {
            problem("max_steps", "can't be given together with num_train_epochs", "keep one of them");
        }
    }

    private void schedule() {
        boolean steps = settings.given("warmup_steps") && settings.decimal("warmup_steps") > 0;
        boolean ratio = settings.given("warmup_ratio") && settings.decimal("warmup_ratio") > 0;
        if (steps && ratio) {
            problem("warmup_ratio", "can't be given together with warmup_steps", "keep one of them");
        }
        wholeOrShare("warmup_steps");
        wholeOrShare("lr_scheduler_kwargs.num_decay_steps");
        if (!settings.sound("lr_scheduler_type")) {
            return;
        }
        String scheduler = settings.text("lr_scheduler_type");
        if ((steps || ratio) && scheduler.equals("constant")) {
            problem(
                    steps ? "warmup_steps" : "warmup_ratio",
                    "has no effect with lr_scheduler_type: constant",
                    "write constant_with_warmup");
        }
        if (settings.given("lr_scheduler_kwargs.num_decay_steps") && !scheduler.equals("warmup_stable_decay")) {
            problem(
                    "lr_scheduler_kwargs.num_decay_steps",
                    "has no effect with lr_scheduler_type: " + scheduler,
                    "it belongs to warmup_stable_decay");
        }
    }

    private void wholeOrShare(String key) {
        double value = settings.decimal(key);
        if (value > 1 && value != Math.rint(value)) {
            problem(key, "expected a whole number of steps, or a share of all steps below 1", "");
        }
    }

    private void minimumRate() {
        String rate = "lr_scheduler_kwargs.min_lr_rate";
        String absolute = "lr_scheduler_kwargs.min_lr";
        if (!settings.sound("lr_scheduler_type", rate, absolute, "learning_rate")) {
            return;
        }
        String scheduler = settings.text("lr_scheduler_type");
        if (settings.given(rate) && settings.given(absolute)) {
            problem(absolute, "can't be given together with min_lr_rate", "keep one of them");
        }
        for (String key : List.of(rate, absolute)) {
            if (settings.given(key) && !MIN_LR_SCHEDULERS.contains(scheduler)) {
                problem(
                        key,
                        "has no effect with lr_scheduler_type: " + scheduler,
                        "it belongs to cosine_with_min_lr and warmup_stable_decay");
            }
        }
        if (scheduler.equals("cosine_with_min_lr") && !settings.given(rate) && !settings.given(absolute)) {
            problem(
                    "lr_scheduler_type",
                    "cosine_with_min_lr needs its floor",
                    "write lr_scheduler_kwargs: {min_lr_rate: 0.1}");
        }
        if (settings.given(absolute) && settings.decimal(absolute) > settings.decimal("learning_rate")) {
            problem(absolute, "is above learning_rate", "it is the floor of the learning rate");
        }
    }

    private void evaluation() {
        boolean split = settings.decimal("val_size") > 0;
        if (split && settings.given("eval_dataset")) {
            problem("val_size", "can't be given together with eval_dataset", "keep one of them");
        }
        if (settings.decimal("val_size") > 1 && settings.decimal("val_size") % 1 != 0) {
            problem("val_size", "expected a whole number of samples, or a share below 1", "");
        }
        if (!settings.sound("eval_strategy", "eval_steps", "eval_dataset", "val_size")) {
            return;
        }
        String strategy = settings.text("eval_strategy");
        boolean data = split || settings.given("eval_dataset");
        if (strategy.equals("steps") && !settings.given("eval_steps")) {
            problem("eval_strategy", "steps needs eval_steps", "write for example eval_steps: 100");
        }
        if (!strategy.equals("steps") && settings.given("eval_steps")) {
            problem("eval_steps", "has no effect with eval_strategy: " + strategy, "write eval_strategy: steps");
        }
        if (!strategy.equals("no") && !data) {
            problem("eval_strategy", "there is nothing to evaluate on", "give val_size or eval_dataset");
        }
        if (strategy.equals("no") && data) {
            findings.notice("evaluation data are given, but eval_strategy: no never evaluates on them");
        }
    }

    private void bestCheckpoint() {
        if (!settings.flag("load_best_model_at_end") || !settings.sound("eval_strategy", "eval_steps", "save_steps")) {
            return;
        }
        String strategy = settings.text("eval_strategy");
        if (strategy.equals("no")) {
            problem("load_best_model_at_end", "needs an evaluation", "write eval_strategy: steps or epoch");
        }
        if (strategy.equals("steps") && settings.given("eval_steps")) {
            long save = settings.whole("save_steps");
            if (save == 0 || save % settings.whole("eval_steps") != 0) {
                problem(
                        "load_best_model_at_end",
                        "save_steps " + save + " is not a multiple of eval_steps " + settings.whole("eval_steps"),
                        "every checkpoint must have been evaluated");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void reports() {
        List<String> reports = settings.get("report_to", List.class);
        for (String report : reports) {
            String word = report.toLowerCase(Locale.ROOT);
            if (!Set.of("tensorboard", "none").contains(word)) {
                problem("report_to", "\"" + report + "\" is not offered", "write tensorboard or none");
            }
        }
    }

    private void worthSaying() {
        if (settings.flag("packing") && settings.writtenAs("packing").equals("packing")) {
            findings.notice("packing: samples in a row never see each other; in LLaMA-Factory plain packing lets them,"
                    + " and neat_packing is what this does");
        }
        if (settings.flag("save_only_model")) {
            findings.notice("save_only_model: checkpoints leave out the optimizer, the run can't be resumed");
        }
        if (settings.whole("save_total_limit") < 2) {
            findings.notice("save_total_limit: two verified checkpoints are kept all the same");
        }
        if (settings.given("flash_attn")) {
            findings.notice(settings.writtenAs("flash_attn") + " is a hint only: the device decides the kernel");
        }
    }

    private void problem(String key, String message, String hint) {
        findings.problem(settings.origin(key), settings.writtenAs(key), message, hint);
    }
}
