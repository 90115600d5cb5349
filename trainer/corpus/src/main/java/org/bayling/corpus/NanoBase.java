package org.bayling.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.tokenizer.training.BytePairTrainer;
import org.bayling.tokenizer.training.BytePairVocabulary;
import org.bayling.tokenizer.training.TokenizerJsonWriter;

/**
 * What the nano base starts from: a Llama's {@code config.json} and a tokenizer learnt from the base's own text,
 * without weights. The weights come from {@code train configs/nano-base.yaml}.
 */
public final class NanoBase {

    /** Begins every text, ends every text and turn, and the three roles; ids 0 to 4. */
    static final List<String> CONTROLS = List.of("<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>");

    static final int VOCABULARY = 3072;
    private static final int TOKENIZER_DOCUMENTS = 4_000;
    private static final int TOKENIZER_INSTRUCTIONS = 2_000;

    /** One turn is a role, its text, and the end; no line breaks, so that a turn costs two tokens. */
    private static final String CHAT_TEMPLATE = "{{ bos_token }}{% for message in messages %}"
            + "{% if message.role not in ['system', 'user', 'assistant'] %}"
            + "{{ raise_exception('unknown role ' + message.role) }}{% endif %}"
            + "{{ '<|' + message.role + '|>' }}{{ message.content }}{{ eos_token }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private final ObjectMapper json = new ObjectMapper();
    private final NanoCorpus corpus;
    private final CldrInstructions instructions;

    public NanoBase(NanoCorpus corpus, CldrInstructions instructions) {
        this.corpus = corpus;
        this.instructions = instructions;
    }

    /** Writes {@code config.json}, {@code generation_config.json}, {@code tokenizer.json} and its configuration. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
        }
    }

    /** The files by name; the same bytes on every machine. */
    Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        files.put("config.json", config().toPrettyString() + "\n");
        files.put("generation_config.json", generation().toPrettyString() + "\n");
        files.put("tokenizer.json", new TokenizerJsonWriter().text(vocabulary()));
        files.put("tokenizer_config.json", tokenizer().toPrettyString() + "\n");
        return files;
    }

    private BytePairVocabulary vocabulary() {
        BytePairTrainer trainer = new BytePairTrainer();
        for (long position = 0; position < TOKENIZER_DOCUMENTS; position++) {
            trainer.add(corpus.document(position));
        }
        for (Instruction instruction : instructions.tuning(TOKENIZER_INSTRUCTIONS)) {
            trainer.add(instruction.instruction());
        }
        return trainer.train(CONTROLS, VOCABULARY);
    }

    private ObjectNode config() {
        ObjectNode config = json.createObjectNode();
        config.putArray("architectures").add("LlamaForCausalLM");
        config.put("model_type", "llama");
        config.put("vocab_size", VOCABULARY);
        config.put("hidden_size", 192);
        config.put("intermediate_size", 512);
        config.put("num_hidden_layers", 4);
        config.put("num_attention_heads", 6);
        config.put("num_key_value_heads", 2);
        config.put("head_dim", 32);
        config.put("hidden_act", "silu");
        config.put("max_position_embeddings", 512);
        config.put("rms_norm_eps", 1e-5);
        config.put("rope_theta", 10000.0);
        config.put("attention_bias", false);
        config.put("mlp_bias", false);
        config.put("tie_word_embeddings", true);
        config.put("initializer_range", 0.02);
        config.put("bos_token_id", 0);
        config.put("eos_token_id", 1);
        config.put("torch_dtype", "bfloat16");
        return config;
    }

    private ObjectNode generation() {
        return json.createObjectNode().put("bos_token_id", 0).put("eos_token_id", 1).put("do_sample", false);
    }

    private ObjectNode tokenizer() {
        ObjectNode config = json.createObjectNode();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("bos_token", "<s>");
        config.put("eos_token", "</s>");
        config.put("pad_token", "</s>");
        config.put("clean_up_tokenization_spaces", false);
        config.put("model_max_length", 512);
        config.put("chat_template", CHAT_TEMPLATE);
        return config;
    }
}
