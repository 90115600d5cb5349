package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.xerial.snappy.Snappy;

/** Parquet files written by the reference implementation. */
final class ParquetFixture {
    /** As Hugging Face's datasets writes conversations, and a column of raw bytes that nobody reads. */
    static final MessageType MESSAGES = MessageTypeParser.parseMessageType(
            """
            message rows {
              optional binary image;
              optional binary language (UTF8);
              optional group messages (LIST) {
                repeated group list {
                  optional group element {
                    optional binary role (UTF8);
                    optional binary content (UTF8);
                    optional boolean train;
                  }
                }
              }
            }
            """);

    static final MessageType ALPACA = MessageTypeParser.parseMessageType(
            """
            message rows {
              optional int64 id;
              optional binary instruction (UTF8);
              optional binary input (UTF8);
              optional binary output (UTF8);
            }
            """);

    private ParquetFixture() {}

    static void write(
            Path file,
            MessageType schema,
            List<JsonNode> rows,
            CompressionCodecName codec,
            ParquetProperties.WriterVersion version)
            throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCodecFactory(new Codecs())
                .withCompressionCodec(codec)
                .withWriterVersion(version)
                .withRowGroupSize(2_000L)
                .withPageSize(300)
                .build()) {
            for (JsonNode row : rows) {
                writer.write(group(schema, row));
            }
        }
    }

    private static Group group(MessageType schema, JsonNode row) {
        SimpleGroup group = new SimpleGroup(schema);
        for (String name : List.of("instruction", "input", "output", "language")) {
            if (row.has(name)) {
                group.add(name, row.get(name).asText());
            }
        }
        if (row.has("messages")) {
            group.add("image", org.apache.parquet.io.api.Binary.fromConstantByteArray(new byte[] {-1, -2, -3}));
            Group list = group.addGroup("messages");
            for (JsonNode message : row.get("messages")) {
                Group element = list.addGroup("list").addGroup("element");
                element.add("role", message.get("role").asText());
                element.add("content", message.get("content").asText());
                if (message.has("train")) {
                    element.add("train", message.get("train").asBoolean());
                }
            }
        }
        return group;
    }

    /** The library's own codecs need Hadoop. */
    private static final class Codecs implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput bytes) throws IOException {
                    return BytesInput.from(compressed(codec, content(bytes)));
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return codec;
                }

                @Override
                public void release() {}
            };
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("only for writing");
        }

        @Override
        public void release() {}

        private static byte[] content(BytesInput bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            bytes.writeAllTo(out);
            return out.toByteArray();
        }

        private static byte[] compressed(CompressionCodecName codec, byte[] bytes) throws IOException {
            switch (codec) {
                case UNCOMPRESSED:
                    return bytes;
                case SNAPPY:
                    return Snappy.compress(bytes);
                case ZSTD:
                    return Zstd.compress(bytes);
                default:
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                        gzip.write(bytes);
                    }
                    return out.toByteArray();
            }
        }
    }
}
