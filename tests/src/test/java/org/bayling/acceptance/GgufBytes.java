package org.bayling.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bayling.checkpoint.HfModelDir;
import org.bayling.checkpoint.TensorStore;

/**
 * A GGUF file (version 3) out of a Hugging Face directory, all tensors F32. The rows of q and k keep their order, which
 * a real converter changes: what is computed differs from the source, how it is read does not.
 */
final class GgufBytes {
    private static final int ALIGNMENT = 32;
    private static final int BYTE_LEVEL_CONTROL = 3;

    /** GGUF's number of each type of value. */
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private static final Map<String, String> NAMES = Map.of(
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down",
            "input_layernorm", "attn_norm",
            "post_attention_layernorm", "ffn_norm");

    private final Map<String, Object> metadata = new LinkedHashMap<>();

    /** Adds an Integer, a Float, a String or a List of one of these. */
    void put(String key, Object value) {
        metadata.put(key, value);
    }

    /** Adds the vocabulary of a byte-level tokenizer.json. */
    void putTokenizer(JsonNode tokenizer) {
        JsonNode vocabulary = tokenizer.at("/model/vocab");
        List<Object> tokens = new ArrayList<>(Collections.nCopies(vocabulary.size(), ""));
        List<Object> types = new ArrayList<>(Collections.nCopies(vocabulary.size(), 1));
        vocabulary.properties().forEach(token -> tokens.set(token.getValue().intValue(), token.getKey()));
        tokenizer.path("added_tokens").forEach(token -> {
            tokens.set(token.path("id").intValue(), token.path("content").textValue());
            types.set(token.path("id").intValue(), BYTE_LEVEL_CONTROL);
        });
        List<Object> merges = new ArrayList<>();
        tokenizer.at("/model/merges")
                .forEach(pair -> merges.add(pair.get(0).textValue() + " " + pair.get(1).textValue()));
        put("tokenizer.ggml.model", "gpt2");
        put("tokenizer.ggml.pre", "gpt-2");
        put("tokenizer.ggml.tokens", tokens);
        put("tokenizer.ggml.token_type", types);
        put("tokenizer.ggml.merges", merges);
        put("tokenizer.ggml.bos_token_id", 0);
        put("tokenizer.ggml.eos_token_id", 1);
    }

    /** Writes the file with the weights of a model directory. */
    void writeWithTensorsOf(Path model, Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (HfModelDir source = HfModelDir.open(model)) {
            List<String> names = source.tensors().names().stream().sorted().toList();
            number(out, 4, 0x46554747); // "GGUF"
            number(out, 4, 3);
            number(out, 8, names.size());
            number(out, 8, metadata.size());
            for (Map.Entry<String, Object> entry : metadata.entrySet()) {
                string(out, entry.getKey());
                number(out, 4, type(entry.getValue()));
                value(out, entry.getValue());
            }
            long offset = 0;
            for (String name : names) {
                TensorStore.Entry tensor = source.tensors().entry(name);
                string(out, ggufName(name));
                number(out, 4, tensor.shape().rank());
                for (int i = tensor.shape().rank() - 1; i >= 0; i--) { // innermost first
                    number(out, 8, tensor.shape().get(i));
                }
                number(out, 4, 0); // F32
                number(out, 8, offset);
                offset = aligned(offset + 4 * tensor.shape().elements());
            }
            for (String name : names) {
                pad(out);
                out.writeBytes(fp32(source.tensors(), name));
            }
            pad(out);
        }
        Files.write(file, out.toByteArray());
    }

    private static String ggufName(String name) {
        if (name.equals("model.embed_tokens.weight")) {
            return "token_embd.weight";
        }
        if (name.equals("model.norm.weight")) {
            return "output_norm.weight";
        }
        String[] parts = name.split("\\.", 4); // model.layers.3.mlp.up_proj.weight
        return "blk." + parts[2] + "." + NAMES.get(parts[3].replace(".weight", "")) + ".weight";
    }

    private static byte[] fp32(TensorStore store, String name) throws IOException {
        int bytes = Math.toIntExact(4 * store.entry(name).shape().elements());
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        store.readFp32(name, 0, buffer);
        byte[] content = new byte[bytes];
        buffer.clear().get(content);
        return content;
    }

    private static int type(Object value) {
        if (value instanceof List) {
            return ARRAY;
        }
        return value instanceof Integer ? INT32 : value instanceof Float ? FLOAT32 : STRING;
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        if (value instanceof List<?> list) {
            number(out, 4, type(list.get(0)));
            number(out, 8, list.size());
            list.forEach(element -> value(out, element));
        } else if (value instanceof Integer number) {
            number(out, 4, number);
        } else if (value instanceof Float number) {
            number(out, 4, Float.floatToIntBits(number));
        } else {
            string(out, (String) value);
        }
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, 8, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }

    private static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
