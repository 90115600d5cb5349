package org.bayling.corpus.build;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bayling.corpus.sample.Turn;
import org.bayling.corpus.source.SourceItem;
import org.bayling.io.AtomicFile;
import org.bayling.io.CorruptFileException;
import org.bayling.io.FaultPoint;
import org.bayling.io.FileDigest;

/** Items one after another in a file, written once and read as often as is needed. */
final class ItemStore {
    private static final int LEVEL = 1;
    private static final int MOST_BYTES = 1 << 28;
    private static final int END = 0;
    private static final int INSTRUCTION = 1;
    private static final int PARALLEL = 2;
    private static final int CHOICE = 3;

    private ItemStore() {}

    /** Takes items one by one. */
    @FunctionalInterface
    interface Sink {
        void accept(SourceItem item) throws IOException;
    }

    /** Writes a store; it appears whole or not at all. */
    static final class Writer implements AutoCloseable {
        private final AtomicFile file;
        private final OutputStream stored;
        private final ByteArrayOutputStream item = new ByteArrayOutputStream(1 << 12);
        private final DataOutputStream out = new DataOutputStream(item);
        private final MessageDigest part = BuildKey.sha256();

        Writer(Path path, FaultPoint faults) throws IOException {
            file = AtomicFile.open(path, faults);
            OutputStream open = new LeftOpen(Channels.newOutputStream(file.content()));
            stored = new BufferedOutputStream(new ZstdOutputStream(open, LEVEL).setChecksum(true), 1 << 16);
        }

        void add(SourceItem item) throws IOException {
            encode(item);
            byte[] bytes = this.item.toByteArray();
            this.item.reset();
            part.update(bytes);
            stored.write(bytes);
        }

        /** SHA-256 of the items since the last call. */
        byte[] endPart() {
            return part.digest();
        }

        private void encode(SourceItem item) throws IOException {
            if (item instanceof SourceItem.Instruction instruction) {
                begin(INSTRUCTION, item);
                text(instruction.language());
                out.writeInt(instruction.messages().size());
                for (Turn turn : instruction.messages()) {
                    text(turn.role());
                    text(turn.content());
                }
            } else if (item instanceof SourceItem.Parallel parallel) {
                begin(PARALLEL, item);
                out.writeByte(parallel.kind().ordinal());
                out.writeInt(parallel.texts().size());
                for (var side : parallel.texts().entrySet()) {
                    text(side.getKey());
                    text(side.getValue());
                }
            } else if (item instanceof SourceItem.Choice choice) {
                begin(CHOICE, item);
                text(choice.language());
                text(choice.context());
                text(choice.question());
                out.writeInt(choice.choices().size());
                for (String one : choice.choices()) {
                    text(one);
                }
                out.writeInt(choice.gold());
            }
        }

        private void begin(int type, SourceItem item) throws IOException {
            out.writeByte(type);
            text(item.source());
            text(item.key());
        }

        private void text(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        FileDigest publish() throws IOException {
            stored.write(END);
            stored.close();
            return file.publish();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** The end of the compressed stream is not the end of the file, which is forced to disk first. */
    private static final class LeftOpen extends FilterOutputStream {
        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /** Gives all items of a store in order. */
    static void read(Path path, Sink sink) throws IOException {
        try (Reader reader = new Reader(path)) {
            for (Optional<SourceItem> item = reader.next(); item.isPresent(); item = reader.next()) {
                sink.accept(item.get());
            }
        }
    }

    /** Gives the items of a store one by one. */
    static final class Reader implements AutoCloseable {
        private final Path path;
        private final DataInputStream in;

        Reader(Path path) throws IOException {
            this.path = path;
            this.in = new DataInputStream(
                    new BufferedInputStream(new ZstdInputStream(Files.newInputStream(path)), 1 << 16));
        }

        /** Empty behind the last. */
        Optional<SourceItem> next() throws IOException {
            int type = in.readUnsignedByte();
            return type == END ? Optional.empty() : Optional.of(item(path, type, in));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static SourceItem item(Path path, int type, DataInputStream in) throws IOException {
        String source = text(path, in);
        String key = text(path, in);
        return switch (type) {
            case INSTRUCTION -> {
                String language = text(path, in);
                List<Turn> messages = new ArrayList<>();
                for (int n = in.readInt(); n > 0; n--) {
                    messages.add(new Turn(text(path, in), text(path, in)));
                }
                yield new SourceItem.Instruction(source, key, language, List.copyOf(messages));
            }
            case PARALLEL -> {
                SourceItem.Kind kind = SourceItem.Kind.values()[in.readUnsignedByte()];
                SortedMap<String, String> texts = new TreeMap<>();
                for (int n = in.readInt(); n > 0; n--) {
                    texts.put(text(path, in), text(path, in));
                }
                yield new SourceItem.Parallel(source, key, kind, texts);
            }
            case CHOICE -> {
                String language = text(path, in);
                String context = text(path, in);
                String question = text(path, in);
                List<String> choices = new ArrayList<>();
                for (int n = in.readInt(); n > 0; n--) {
                    choices.add(text(path, in));
                }
                yield new SourceItem.Choice(source, key, language, context, question, List.copyOf(choices), in.readInt());
            }
            default -> throw new CorruptFileException(path, "an item is damaged", "type " + type, "1, 2 or 3");
        };
    }

    private static String text(Path path, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new CorruptFileException(path, "an item is damaged", "a text of " + length + " bytes", "a length");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
