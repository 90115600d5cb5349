package org.bayling.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.checkpoint.GgufModel;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.JsonFiles;
import org.bayling.checkpoint.ModelFiles;
import org.bayling.tokenizer.GgufTokenizer;
import org.bayling.tokenizer.Tokenizer;

/**
 * What lies beside a model's weights and {@code config.json} and belongs to it. What a GGUF file holds in its metadata
 * is here as the files that Hugging Face has for it.
 *
 * @param generationConfig {@code generation_config.json}, where there is one
 * @param files tokenizer, chat template and licence: contents by name inside the directory; not copied
 */
public record SideFiles(Optional<ObjectNode> generationConfig, SortedMap<String, byte[]> files) {
    private static final List<String> TOKEN_IDS = List.of("bos_token_id", "eos_token_id", "pad_token_id");
    private static final String TEMPLATE_KEY = "chat_template";

    public SideFiles {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Those of a model. */
    public static SideFiles of(ModelFiles model) throws IOException {
        if (model instanceof GgufModel gguf) {
            try (Tokenizer tokenizer = GgufTokenizer.from(gguf.metadata(), gguf.path().toString())) {
                return ofGguf(gguf, tokenizer);
            }
        }
        return ofDirectory(model.path());
    }

    /** Those in a model or adapter directory. */
    public static SideFiles ofDirectory(Path directory) throws IOException {
        Path generation = directory.resolve(HfModelDir.GENERATION_CONFIG);
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Map.Entry<String, Path> companion : HfModelDir.companionsIn(directory).entrySet()) {
            files.put(companion.getKey(), Files.readAllBytes(companion.getValue()));
        }
        return new SideFiles(
                Files.exists(generation) ? Optional.of(JsonFiles.readObject(generation)) : Optional.empty(), files);
    }

    /** Those that a GGUF file stands for, with the tokenizer that was made from its metadata. */
    static SideFiles ofGguf(GgufModel model, Tokenizer tokenizer) {
        ObjectNode generation = JsonFiles.newObject().put("_from_model_config", true);
        for (String key : TOKEN_IDS) {
            if (model.config().has(key)) {
                generation.set(key, model.config().get(key));
            }
        }
        SortedMap<String, byte[]> files = new TreeMap<>(tokenizer.files());
        tokenizer.chatTemplate().ifPresent(template -> files.put(Tokenizer.CHAT_TEMPLATE, bytes(template)));
        return new SideFiles(Optional.of(generation), files);
    }

    /**
     * These, and of another model what is missing here. Tokenizer files belong together: where a tokenizer is here,
     * none of the other's counts.
     */
    public SideFiles over(SideFiles base) {
        SortedMap<String, byte[]> all = new TreeMap<>(base.files);
        if (files.containsKey(Tokenizer.TOKENIZER_JSON)) {
            all.keySet().removeIf(HfModelDir::isTokenizerFile);
        }
        all.putAll(files);
        return new SideFiles(generationConfig.or(() -> base.generationConfig), all);
    }

    /**
     * With another chat template, in both places where transformers looks for it: {@code chat_template.jinja}, and
     * {@code tokenizer_config.json}, which older versions read only.
     *
     * @param source Jinja
     */
    public SideFiles withChatTemplate(String source) throws IOException {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.put(Tokenizer.CHAT_TEMPLATE, bytes(source));
        byte[] config = all.get(Tokenizer.TOKENIZER_CONFIG);
        if (config != null) {
            ObjectNode json = JsonFiles.parseObject(
                    new String(config, StandardCharsets.UTF_8), Path.of(Tokenizer.TOKENIZER_CONFIG));
            json.put(TEMPLATE_KEY, source);
            all.put(Tokenizer.TOKENIZER_CONFIG, bytes(JsonFiles.toText(json)));
        }
        return new SideFiles(generationConfig, all);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
