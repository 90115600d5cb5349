package org.bayling.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bayling.checkpoint.SafetensorsFile;
import org.bayling.checkpoint.TensorStore;

/** A GGUF file of fp32 tensors made of a tiny model directory, to be spoilt before it is written. Little-endian. */
final class TinyGguf {
    private static final int ALIGNMENT = 32;
    private static final int F32 = 0;

    /** @param type ggml's number */
    record Tensor(String name, int type, List<Long> extents, ByteBuffer data) {}

    /** Values: Integer (as u32), Float, String, list of String, list of Integer. */
    final Map<String, Object> metadata = new LinkedHashMap<>();

    final List<Tensor> tensors = new ArrayList<>();

    /** The model of a directory as {@link TinyRun} gives it, with its tokenizer. */
    static TinyGguf of(Path directory) throws IOException {
        TinyGguf gguf = new TinyGguf();
        ObjectMapper json = new ObjectMapper();
        JsonNode config = json.readTree(directory.resolve("config.json").toFile());
        gguf.metadata.put("general.architecture", "llama");
        gguf.metadata.put("llama.block_count", config.path("num_hidden_layers").asInt());
        gguf.metadata.put("llama.context_length", config.path("max_position_embeddings").asInt());
        gguf.metadata.put("llama.embedding_length", config.path("hidden_size").asInt());
        gguf.metadata.put("llama.feed_forward_length", config.path("intermediate_size").asInt());
        gguf.metadata.put("llama.attention.head_count", config.path("num_attention_heads").asInt());
        gguf.metadata.put("llama.attention.head_count_kv", config.path("num_key_value_heads").asInt());
        gguf.metadata.put("llama.attention.layer_norm_rms_epsilon", (float) config.path("rms_norm_eps").asDouble());
        gguf.tokenizer(json.readTree(directory.resolve("tokenizer.json").toFile()), config.path("vocab_size").asInt());
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            for (String name : file.names()) {
                TensorStore.Entry entry = file.entry(name);
                ByteBuffer data = ByteBuffer.allocateDirect((int) entry.bytes()).order(ByteOrder.LITTLE_ENDIAN);
                file.readFp32(name, 0, data);
                List<Long> extents = new ArrayList<>();
                for (int axis = entry.shape().rank() - 1; axis >= 0; axis--) {
                    extents.add(entry.shape().get(axis));
                }
                gguf.tensors.add(new Tensor(ggmlName(name), F32, extents, data));
            }
        }
        return gguf;
    }

    private void tokenizer(JsonNode tokenizer, int rows) {
        Map<Integer, String> byId = new TreeMap<>();
        tokenizer.path("model").path("vocab").properties().forEach(e -> byId.put(e.getValue().asInt(), e.getKey()));
        List<Integer> types = new ArrayList<>();
        for (int id = 0; id < rows; id++) {
            byId.putIfAbsent(id, "<unused" + id + ">");
            types.add(1);
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            byId.put(added.path("id").asInt(), added.path("content").asText());
            types.set(added.path("id").asInt(), 3);
        }
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : tokenizer.path("model").path("merges")) {
            merges.add(merge.isTextual() ? merge.asText() : merge.path(0).asText() + " " + merge.path(1).asText());
        }
        metadata.put("tokenizer.ggml.model", "gpt2");
        metadata.put("tokenizer.ggml.pre", "gpt-2");
        metadata.put("tokenizer.ggml.tokens", List.copyOf(byId.values()));
        metadata.put("tokenizer.ggml.token_type", types);
        metadata.put("tokenizer.ggml.merges", merges);
        metadata.put("tokenizer.ggml.eos_token_id", 1);
        metadata.put("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}");
    }

    private static String ggmlName(String name) {
        return name.replace("model.embed_tokens", "token_embd")
                .replace("model.norm", "output_norm")
                .replace("model.layers.", "blk.")
                .replace("self_attn.o_proj", "attn_output")
                .replaceAll("self_attn\\.([qkv])_proj", "attn_$1")
                .replaceAll("mlp\\.(gate|up|down)_proj", "ffn_$1")
                .replace("input_layernorm", "attn_norm")
                .replace("post_attention_layernorm", "ffn_norm");
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        number(out, 4, 3);
        number(out, 8, tensors.size());
        number(out, 8, metadata.size());
        metadata.forEach((key, value) -> {
            string(out, key);
            number(out, 4, type(value));
            value(out, value);
        });
        long offset = 0;
        for (Tensor tensor : tensors) {
            string(out, tensor.name());
            number(out, 4, tensor.extents().size());
            tensor.extents().forEach(extent -> number(out, 8, extent));
            number(out, 4, tensor.type());
            number(out, 8, offset);
            offset = (offset + tensor.data().capacity() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        for (Tensor tensor : tensors) {
            pad(out);
            byte[] data = new byte[tensor.data().capacity()];
            tensor.data().duplicate().clear().get(data);
            out.writeBytes(data);
        }
        pad(out);
        return out.toByteArray();
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }

    private static int type(Object value) {
        if (value instanceof List) {
            return 9;
        }
        return value instanceof String ? 8 : value instanceof Float ? 6 : 4;
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        if (value instanceof List<?> list) {
            number(out, 4, type(list.get(0)));
            number(out, 8, list.size());
            list.forEach(item -> value(out, item));
        } else if (value instanceof String text) {
            string(out, text);
        } else if (value instanceof Float number) {
            number(out, 4, Float.floatToIntBits(number));
        } else {
            number(out, 4, (Integer) value);
        }
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(out, 8, utf8.length);
        out.writeBytes(utf8);
    }

    private static void number(ByteArrayOutputStream out, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> 8 * i));
        }
    }
}
