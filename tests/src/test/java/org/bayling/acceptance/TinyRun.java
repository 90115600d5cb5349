package org.bayling.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bayling.tokenizer.training.BytePairTrainer;
import org.bayling.tokenizer.training.BytePairVocabulary;
import org.bayling.tokenizer.training.TokenizerJsonWriter;

/** A model without weights, its data and a configuration: enough for a whole run in seconds, made of nothing of others. */
final class TinyRun {
    private static final List<String> CONTROLS = List.of("<s>", "</s>", "<|user|>", "<|assistant|>");

    private TinyRun() {}

    /** Writes {@code model/}, {@code data.jsonl} and {@code run.yaml}; the run goes to {@code out}. */
    static void write(Path folder) throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        BytePairTrainer trainer = new BytePairTrainer();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            String question = "What is " + i + " plus one?";
            trainer.add(question);
            rows.append("{\"instruction\": \"").append(question).append("\", \"output\": \"It is ").append(i + 1)
                    .append(".\"}\n");
        }
        BytePairVocabulary vocabulary = trainer.train(CONTROLS, 280);
        Files.writeString(model.resolve("tokenizer.json"), new TokenizerJsonWriter().text(vocabulary));
        Files.writeString(model.resolve("tokenizer_config.json"), """
                {"bos_token": "<s>", "eos_token": "</s>", "chat_template": "{{ bos_token }}{% for m in messages %}\
                {{ '<|' + m.role + '|>' + m.content + eos_token }}{% endfor %}\
                {% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"}
                """);
        Files.writeString(model.resolve("config.json"), """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": 280, "hidden_size": 32,
                 "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
                 "max_position_embeddings": 128, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
                 "tie_word_embeddings": true, "bos_token_id": 0, "eos_token_id": 1}
                """);
        Files.writeString(folder.resolve("data.jsonl"), rows);
        Files.writeString(folder.resolve("run.yaml"), """
                model_name_or_path: model
                train_from_scratch: true
                finetuning_type: full
                datasets: [{path: data.jsonl, format: alpaca}]
                cutoff_len: 64
                per_device_train_batch_size: 4
                max_steps: 6
                learning_rate: 1.0e-3
                precision: fp32
                num_threads: 1
                save_steps: 3
                output_dir: out
                """);
    }
}
