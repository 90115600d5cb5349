package org.bayling.tokenizer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The key-value pairs at the start of a GGUF file, for tests of this module alone. */
final class GgufHeader {
    private static final int MOST = 32 << 20;

    private GgufHeader() {}

    static Map<String, Object> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer in = channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(MOST, channel.size()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            in.position(16);
            long count = in.getLong();
            Map<String, Object> metadata = new LinkedHashMap<>();
            for (long i = 0; i < count; i++) {
                String key = string(in);
                metadata.put(key, value(in, in.getInt()));
            }
            return metadata;
        }
    }

    private static Object value(ByteBuffer in, int type) {
        return switch (type) {
            case 0, 1 -> (int) in.get();
            case 2, 3 -> (int) in.getShort();
            case 4, 5 -> in.getInt();
            case 6 -> (double) in.getFloat();
            case 7 -> in.get() != 0;
            case 8 -> string(in);
            case 9 -> list(in);
            case 10, 11 -> in.getLong();
            case 12 -> in.getDouble();
            default -> throw new IllegalArgumentException("GGUF value type " + type);
        };
    }

    private static List<Object> list(ByteBuffer in) {
        int type = in.getInt();
        long count = in.getLong();
        List<Object> out = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            out.add(value(in, type));
        }
        return out;
    }

    private static String string(ByteBuffer in) {
        byte[] bytes = new byte[Math.toIntExact(in.getLong())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
