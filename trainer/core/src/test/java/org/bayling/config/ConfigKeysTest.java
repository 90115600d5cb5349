package org.bayling.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeysTest {
    /** Refused keys for which this program has no key at all. */
    private static final Set<String> WITHOUT_A_KEY = Set.of("ddp_timeout", "export_size", "num_nodes");

    /** Every name in tables 2.2 to 2.5 of the compatibility reference that a user may write. */
    private static final String DOCUMENTED =
            """
            model_name_or_path base_model adapter_name_or_path lora_model_dir stage finetuning_type adapter
            fine_tune_type lora_rank lora_r lora_alpha lora_dropout lora_target lora_target_modules lora_target_linear
            use_rslora peft_use_rslora use_dora peft_use_dora loraplus_lr_ratio modules_to_save lora_modules_to_save
            additional_target create_new_adapter checkpointer.checkpoint_dir checkpoint_dir model resume_adapter_file
            lora_query lora_attn_modules apply_lora_to_mlp datasets dataset dataset_dir template chat_template
            chat_template_jinja cutoff_len sequence_len max_length max_seq_length max_samples train_on_prompt
            train_on_inputs mask_prompt mask_history roles_to_train train_on_eos packing sample_packing neat_packing
            dataset.packed streaming buffer_size streaming_multipack_buffer_size mix_strategy interleave_probs
            sampling_temperature tokenized_path dataset_prepared_path val_size val_set_size
            per_device_train_batch_size micro_batch_size train.micro_batch_size gradient_accumulation_steps
            grad_accumulation_steps global_batch_size train.global_batch_size num_train_epochs num_epochs train.epochs
            max_steps train.max_steps iters max_steps_per_epoch learning_rate optimizer.lr lr_scheduler_type
            lr_scheduler warmup_ratio warmup_steps train.lr_warmup_steps lr_scheduler.num_warmup_steps optim optimizer
            weight_decay adam_beta1 adam_beta2 adam_epsilon max_grad_norm precision bf16 fp16 dtype pure_bf16
            gradient_checkpointing grad_checkpoint enable_activation_checkpointing flash_attn attn_implementation
            flash_attention sdp_attention output_dir out_dir adapter_path logging_steps steps_per_report save_steps
            save_total_limit saves_per_epoch save_every eval_strategy eval_steps evals_per_epoch steps_per_eval
            resume_from_checkpoint auto_resume_from_checkpoints save_only_model report_to plot_loss seed
            dp_replicate_size dp_shard_size
            batch_size deepspeed fsdp fsdp_config tensor_parallel_size context_parallel_size ddp_timeout
            logging_nan_inf_filter load_in_4bit load_in_8bit quantization_bit
            dataset_name assistant_only_loss completion_only_loss packing_strategy pad_to_sequence_len
            excess_length_strategy loss_watchdog_threshold profiler_steps gc_steps lora_mlp_kernel
            upcast_lmhead_output use_unsloth_gc cp_size export_size dataset._component_ tokenizer.max_seq_len
            train_on_input masking_strategy adapter_checkpoint epochs clip_grad_norm metric_logger split_across_pack
            data optimizer.init_args.lr train.min_lr train.save_interval eval.interval devices num_nodes lr_schedule
            lora_parameters.rank lora_parameters.scale lora_parameters.dropout lora_parameters.keys
            use_stateful_dataloader use_liger_kernel torch_compile""";

    static Stream<Arguments> aliases() {
        return Stream.of(ConfigKeys.ROOT, ConfigKeys.DATASET)
                .flatMap(table -> table.keys().stream()
                        .flatMap(key -> key.aliases().stream().map(alias -> Arguments.of(table, key, alias))));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("aliases")
    void everyAliasIsReadAsItsNativeKeyWithOneNotice(KeyTable table, Key key, Key.Alias alias) {
        Map<String, String> words = new TreeMap<>(alias.words().read());
        words.values().removeIf(Words.NOTHING::equals);
        if (words.isEmpty()) {
            words.put(sample(key), sample(key));
        }
        words.forEach((foreign, ours) -> {
            Findings findings = new Findings("test");
            Setting asAlias = read(table, alias.name(), foreign, findings).values().get(key.name());
            Setting asNative = read(table, key.name(), ours, new Findings("test")).values().get(key.name());

            assertThat(asAlias.value()).isEqualTo(asNative.value());
            assertThat(asAlias.writtenAs()).isEqualTo(alias.name());
            assertThat(findings.notices()).contains(alias.name() + " read as " + key.name());
        });
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("aliases")
    void nativeAndAliasTogetherAreAnError(KeyTable table, Key key, Key.Alias alias) {
        Map<String, String> words = new TreeMap<>(alias.words().read());
        words.values().removeIf(Words.NOTHING::equals);
        String foreign = words.isEmpty() ? sample(key) : words.keySet().iterator().next();
        String yaml = key.name() + ": " + sample(key) + "\n" + alias.name() + ": " + foreign + "\n";
        Findings findings = new Findings("test");

        table.read((ConfigNode.Mapping) YamlTree.parse(yaml, "test", findings), "", findings);

        assertThat(problems(findings)).contains(key.name() + " and " + alias.name() + " are names of the same setting");
    }

    static Stream<Arguments> refusedWords() {
        return ConfigKeys.ROOT.keys().stream().flatMap(key -> {
            List<Arguments> cases = new ArrayList<>();
            key.words().refused().forEach((word, why) -> cases.add(Arguments.of(key.name(), word, why)));
            key.aliases().forEach(alias -> alias.words()
                    .refused()
                    .forEach((word, why) -> cases.add(Arguments.of(alias.name(), word, why))));
            return cases.stream();
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusedWords")
    void everyRefusedValueSaysWhy(String name, String word, String why) {
        Findings findings = new Findings("test");
        read(ConfigKeys.ROOT, name, word, findings);
        assertThat(problems(findings)).contains(name + ": \"" + word + "\" is refused: " + why);
    }

    static Stream<ForeignKey> foreign() {
        return ConfigKeys.ROOT.foreign().stream();
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void everyForeignKeyIsExplainedAndPointsToOurs(ForeignKey key) {
        Findings findings = new Findings("test");
        read(ConfigKeys.ROOT, key.name(), "something", findings);

        if (key.meaning() == ForeignKey.Meaning.HARMLESS) {
            assertThat(findings.notices()).contains(key.name() + " changes nothing: " + key.why());
            return;
        }
        assertThat(problems(findings)).contains("test:1:1: " + key.name()).contains(key.why());
        boolean pointsToOurs =
                ConfigKeys.ROOT.keys().stream().anyMatch(ours -> key.why().contains(ours.name()));
        assertThat(pointsToOurs || WITHOUT_A_KEY.contains(key.name())).isTrue();
    }

    @Test
    void whatIsOffAnywayMayBeSwitchedOff() {
        Findings findings = new Findings("test");
        read(ConfigKeys.ROOT, "load_in_4bit", "false", findings);
        read(ConfigKeys.ROOT, "deepspeed", "null", findings);
        assertThat(findings.notices()).hasSize(2);
        assertThat(problems(findings)).doesNotContain("load_in_4bit").doesNotContain("deepspeed");
    }

    @Test
    void noNameHasTwoMeanings() {
        List<String> names = new ArrayList<>();
        ConfigKeys.ROOT.keys().forEach(key -> {
            names.add(key.name());
            key.aliases().forEach(alias -> names.add(alias.name()));
        });
        ConfigKeys.ROOT.foreign().forEach(key -> names.add(key.name()));
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void everyDocumentedNameOfOtherToolsIsKnown() {
        assertThat(allNames()).contains(DOCUMENTED.split("\\s+"));
    }

    /** Every key one edit away, all edits of each kind at each place, unless that is another known name. */
    @Test
    void typoSuggestsTheRightKey() {
        Set<String> known = allNames();
        List<String> missed = new ArrayList<>();
        int typos = 0;
        for (Key key : ConfigKeys.ROOT.keys()) {
            for (String typo : oneEditAway(key.name())) {
                if (known.contains(typo)) {
                    continue;
                }
                Findings findings = new Findings("test");
                read(ConfigKeys.ROOT, typo, "1", findings);
                typos++;
                if (!problems(findings).lines().anyMatch(l -> l.contains("unknown key") && suggests(l, key.name()))) {
                    missed.add(typo);
                }
            }
        }
        assertThat(missed).isEmpty();
        assertThat(typos).isGreaterThan(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora-rank", "Lora_Rank", "lora_rakn", "loraRank", "lora_ranks"})
    void otherSpellingsAreSuggestedToo(String typo) {
        Findings findings = new Findings("test");
        read(ConfigKeys.ROOT, typo, "1", findings);
        assertThat(problems(findings)).contains("did you mean lora_rank?");
    }

    @Test
    void farAwayNamesAreNotSuggested() {
        Findings findings = new Findings("test");
        read(ConfigKeys.ROOT, "completely_else", "1", findings);
        assertThat(problems(findings)).contains("completely_else: unknown key").doesNotContain("did you mean");
    }

    @Test
    void nestedNamesOfLitgptAndTorchtuneAreRead() throws ConfigException {
        LoadedConfig loaded = ConfigFiles.load(ConfigFiles.MINIMAL
                + "train: {micro_batch_size: 2, epochs: 4, lr_warmup_steps: 10}\noptimizer: {lr: 1.0e-3}\n");
        assertThat(loaded.config().batch().perDeviceTrainBatchSize()).isEqualTo(2);
        assertThat(loaded.config().batch().numTrainEpochs()).isEqualTo(4);
        assertThat(loaded.config().optimizer().warmupSteps()).isEqualTo(10);
        assertThat(loaded.config().optimizer().learningRate()).isEqualTo(1e-3);
    }

    @Test
    void axolotlFileIsRead() throws ConfigException {
        LoadedConfig loaded = ConfigFiles.load(
                """
                base_model: models/llama
                adapter:
                datasets: [{path: a.jsonl, type: chat_template}]
                sequence_len: 4096
                sample_packing: true
                micro_batch_size: 2
                bf16: auto
                fp16: false
                gradient_checkpointing: true
                flash_attention: true
                load_in_8bit: false
                output_dir: out
                """);
        RunConfig config = loaded.config();
        assertThat(config.method().isFull()).isTrue();
        assertThat(config.data().datasets().get(0).format()).isEqualTo(DataConfig.Format.MESSAGES);
        assertThat(config.data().packing()).isTrue();
        assertThat(config.precision().precision()).isEqualTo(PrecisionConfig.Precision.BF16);
        assertThat(config.precision().checkpointing().mode()).isEqualTo(PrecisionConfig.Checkpointing.Mode.FULL);
        assertThat(loaded.notices()).contains("sequence_len read as cutoff_len", "fp16: false changes nothing");
    }

    @Test
    void docsNameEveryKeyAliasAndReason() {
        String docs = ConfigDocs.text();
        assertThat(allNames()).allSatisfy(name -> assertThat(docs).contains(name));
        assertThat(ConfigKeys.ROOT.keys()).allSatisfy(key -> assertThat(docs).contains(key.doc()));
    }

    @Test
    void everyDefaultAndExampleIsValid() {
        for (KeyTable table : List.of(ConfigKeys.ROOT, ConfigKeys.DATASET)) {
            for (Key key : table.keys()) {
                for (String text : List.of(key.standard(), key.example())) {
                    Findings findings = new Findings("test");
                    if (!text.isEmpty()) {
                        assertThat(read(table, key.name(), text, findings).broken()).isEmpty();
                    }
                }
                assertThat(key.standard() + key.example() + key.type().description()).isNotEmpty();
            }
        }
    }

    private static Set<String> allNames() {
        Set<String> names = new TreeSet<>();
        ConfigKeys.ROOT.keys().forEach(key -> {
            names.add(key.name());
            key.aliases().forEach(alias -> names.add(alias.name()));
        });
        ConfigKeys.ROOT.foreign().forEach(key -> names.add(key.name()));
        return names;
    }

    private static boolean suggests(String line, String name) {
        int start = line.indexOf("did you mean ");
        return start >= 0
                && List.of(line.substring(start + 13, line.indexOf('?', start)).split(" or ")).contains(name);
    }

    private static List<String> oneEditAway(String word) {
        List<String> typos = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            typos.add(word.substring(0, i) + word.substring(i + 1));
            typos.add(word.substring(0, i) + "x" + word.substring(i + 1));
            typos.add(word.substring(0, i) + "q" + word.substring(i));
            if (i > 0) {
                typos.add(word.substring(0, i - 1) + word.charAt(i) + word.charAt(i - 1) + word.substring(i + 1));
            }
        }
        return typos.stream().distinct().filter(typo -> !typo.equals(word)).collect(Collectors.toList());
    }

    private static String sample(Key key) {
        return key.example().isEmpty() ? key.standard() : key.example();
    }

    private static Settings read(KeyTable table, String name, String value, Findings findings) {
        String yaml = name + ": " + value + "\n";
        return table.read((ConfigNode.Mapping) YamlTree.parse(yaml, "test", findings), "", findings);
    }

    private static String problems(Findings findings) {
        try {
            findings.throwIfAny();
            return "";
        } catch (ConfigException e) {
            return e.getMessage();
        }
    }
}
