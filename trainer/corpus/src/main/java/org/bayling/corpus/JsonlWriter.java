package org.bayling.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bayling.io.AtomicFile;
import org.bayling.io.FaultPoint;

/**
 * The corpus files that {@code train} reads, one JSON object a line; the fields are in {@code package-info}. A file
 * appears whole or not at all.
 */
public final class JsonlWriter {
    private final ObjectMapper json = new ObjectMapper();

    /** Writes samples in format {@code alpaca}. */
    public void instructions(Path file, List<Instruction> samples) throws IOException {
        write(file, out -> {
            for (Instruction sample : samples) {
                out.write(json.writeValueAsString(row(sample)));
                out.write('\n');
            }
        });
    }

    /** Writes questions with options, as {@code eval choice --task multiple_choice} reads them. */
    public void choices(Path file, List<CldrChoice> questions) throws IOException {
        write(file, out -> {
            for (CldrChoice question : questions) {
                ObjectNode row = json.createObjectNode();
                row.put("language", question.sample().direction().language().tag());
                row.put("question", question.sample().instruction());
                question.options().forEach(row.putArray("choices")::add);
                row.put("answer", question.right());
                out.write(json.writeValueAsString(row));
                out.write('\n');
            }
        });
    }

    /** Writes the first documents of a corpus in format {@code messages}, each as one assistant's message. */
    public void documents(Path file, NanoCorpus corpus, long count) throws IOException {
        write(file, out -> {
            for (long position = 0; position < count; position++) {
                ObjectNode row = json.createObjectNode();
                row.putArray("messages").addObject().put("role", "assistant").put("content", corpus.document(position));
                out.write(json.writeValueAsString(row));
                out.write('\n');
            }
        });
    }

    private ObjectNode row(Instruction sample) {
        return json.createObjectNode()
                .put("instruction", sample.instruction())
                .put("output", sample.output())
                .put("language", sample.direction().language().tag())
                .put("task", sample.item().category().tag())
                .put("direction", sample.direction().tag())
                .put("item", sample.item().id())
                .put("template", sample.template());
    }

    private static void write(Path target, Content content) throws IOException {
        try (AtomicFile file = AtomicFile.open(target, FaultPoint.NONE)) {
            Writer out = new BufferedWriter(Channels.newWriter(file.content(), StandardCharsets.UTF_8));
            content.writeTo(out);
            out.flush();
            file.publish();
        }
    }

    /** What goes into a file. */
    private interface Content {
        void writeTo(Writer out) throws IOException;
    }
}
