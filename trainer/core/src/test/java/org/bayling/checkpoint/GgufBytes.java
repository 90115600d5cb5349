package org.bayling.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GGUF files put together by hand. Sizes: heads of 4 rows, 2 of them for q and 1 for k, embedding 32, vocabulary 3. */
final class GgufBytes {
    record Tensor(String name, int type, long[] extents, byte[] data) {}

    final Map<String, Object> metadata = new LinkedHashMap<>();
    final List<Tensor> tensors = new ArrayList<>();
    int version = 3;

    static GgufBytes llama() {
        GgufBytes file = new GgufBytes();
        file.metadata.put("general.architecture", "llama");
        file.metadata.put("llama.block_count", 1);
        file.metadata.put("llama.context_length", 64);
        file.metadata.put("llama.embedding_length", 32);
        file.metadata.put("llama.feed_forward_length", 64);
        file.metadata.put("llama.attention.head_count", 2);
        file.metadata.put("llama.attention.head_count_kv", 1);
        file.metadata.put("llama.attention.key_length", 4);
        file.metadata.put("llama.attention.value_length", 4);
        file.metadata.put("llama.attention.layer_norm_rms_epsilon", 1e-6f);
        file.tensors.add(fp32("token_embd.weight", 32, 3));
        return file;
    }

    /** Element i of the data is i; extents in ggml's order, innermost first. */
    static Tensor fp32(String name, long... extents) {
        int count = 1;
        for (long extent : extents) {
            count *= (int) extent;
        }
        ByteBuffer data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            data.putFloat(i);
        }
        return new Tensor(name, 0, extents, data.array());
    }

    byte[] build() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, 4, 0x46554747);
        write(out, 4, version);
        write(out, 8, tensors.size());
        write(out, 8, metadata.size());
        metadata.forEach((key, value) -> {
            string(out, key);
            write(out, 4, typeOf(value));
            value(out, value);
        });
        long offset = 0;
        for (Tensor tensor : tensors) {
            string(out, tensor.name());
            write(out, 4, tensor.extents().length);
            for (long extent : tensor.extents()) {
                write(out, 8, extent);
            }
            write(out, 4, tensor.type());
            write(out, 8, offset);
            offset = (offset + tensor.data().length + 31) / 32 * 32;
        }
        for (Tensor tensor : tensors) {
            pad(out);
            out.writeBytes(tensor.data());
        }
        pad(out);
        return out.toByteArray();
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % 32 != 0) {
            out.write(0);
        }
    }

    private static int typeOf(Object value) {
        if (value instanceof Integer) {
            return 4;
        }
        if (value instanceof Float) {
            return 6;
        }
        if (value instanceof Boolean) {
            return 7;
        }
        if (value instanceof Long) {
            return 11;
        }
        return value instanceof List ? 9 : 8;
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        if (value instanceof Integer number) {
            write(out, 4, number);
        } else if (value instanceof Long number) {
            write(out, 8, number);
        } else if (value instanceof Float number) {
            write(out, 4, Float.floatToIntBits(number));
        } else if (value instanceof Boolean bool) {
            write(out, 1, bool ? 1 : 0);
        } else if (value instanceof List<?> list) {
            write(out, 4, typeOf(list.get(0)));
            write(out, 8, list.size());
            list.forEach(element -> value(out, element));
        } else {
            string(out, (String) value);
        }
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(out, 8, bytes.length);
        out.writeBytes(bytes);
    }

    private static void write(ByteArrayOutputStream out, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
