package org.bayling.corpus.shard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bayling.corpus.sample.CorpusSample;
import org.bayling.corpus.sample.Turn;
import org.bayling.data.DataException;

/** A sample as a line of a shard. Safe for several threads. */
public final class SampleLine {
    private final JsonFactory json = new JsonFactory();

    /**
     * UTF-8, without the line's end.
     *
     * @throws DataException when a text holds half of a surrogate pair
     */
    public byte[] of(CorpusSample sample) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeArrayFieldStart("messages");
            for (Turn turn : sample.messages()) {
                out.writeStartObject();
                out.writeStringField("role", turn.role());
                out.writeStringField("content", turn.content());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeStringField("language", sample.language());
            out.writeStringField("task", sample.task());
            out.writeStringField("group", sample.group().label());
            out.writeStringField("direction", sample.direction());
            out.writeStringField("template", sample.template());
            out.writeStringField("source", sample.source());
            out.writeStringField("item", sample.item());
            out.writeEndObject();
        } catch (JsonGenerationException e) {
            throw new DataException("source '" + sample.source() + "', item " + sample.item()
                    + ": the text cannot be written as UTF-8 (" + e.getOriginalMessage()
                    + "); half of a surrogate pair stands in it: correct the source", e);
        }
        return line.toByteArray();
    }
}
