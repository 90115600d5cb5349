package org.bayling.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files put together by hand, right or wrong. */
final class SafetensorsBytes {
    private SafetensorsBytes() {}

    static byte[] of(String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return of(text.length, text, dataBytes);
    }

    static byte[] of(long statedLength, byte[] header, int dataBytes) {
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(statedLength)
                .put(header)
                .array();
    }

    static SafetensorsFile open(Path directory, byte[] content) throws IOException {
        return SafetensorsFile.open(Files.write(directory.resolve("case.safetensors"), content));
    }

    static byte[] bytes(TensorStore store, String name) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(store.entry(name).bytes())];
        store.view(name, 0, bytes.length).get(bytes);
        return bytes;
    }
}
