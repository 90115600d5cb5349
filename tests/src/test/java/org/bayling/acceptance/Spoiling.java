package org.bayling.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Something done to a folder of sound files. */
@FunctionalInterface
interface Spoiling {
    ObjectMapper JSON = new ObjectMapper();

    void spoil(Path folder) throws Exception;

    static Spoiling removed(String file) {
        return folder -> Files.delete(folder.resolve(file));
    }

    static Spoiling emptied(String file) {
        return bytes(file, all -> new byte[0]);
    }

    /** Only the first bytes are left. */
    static Spoiling truncated(String file, int length) {
        return bytes(file, all -> Arrays.copyOf(all, length));
    }

    /** One bit is another: the lowest of the byte at {@code place}. */
    static Spoiling flipped(String file, int place) {
        return bytes(file, all -> {
            all[place] ^= 1;
            return all;
        });
    }

    static Spoiling bytes(String file, UnaryOperator<byte[]> change) {
        return folder -> Files.write(folder.resolve(file), change.apply(Files.readAllBytes(folder.resolve(file))));
    }

    static Spoiling text(String file, String content) {
        return folder -> Files.writeString(folder.resolve(file), content);
    }

    /** Changes an object of JSON. */
    static Spoiling json(String file, Consumer<ObjectNode> change) {
        return folder -> {
            ObjectNode root = (ObjectNode) JSON.readTree(folder.resolve(file).toFile());
            change.accept(root);
            JSON.writeValue(folder.resolve(file).toFile(), root);
        };
    }

    /** Changes the header of a safetensors file; the data, followed by {@code more}, are as they were. */
    static Spoiling header(String file, int more, Consumer<ObjectNode> change) {
        return bytes(file, all -> {
            try {
                int length = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
                ObjectNode header = (ObjectNode) JSON.readTree(all, 8, length);
                change.accept(header);
                byte[] text = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
                return ByteBuffer.allocate(8 + text.length + all.length - 8 - length + more)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(all, 8 + length, all.length - 8 - length)
                        .array();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    /** A spoiling with its name and what the message must hold. */
    record Case(String what, Spoiling spoiling, String... told) {
        @Override
        public String toString() {
            return what;
        }
    }
}
