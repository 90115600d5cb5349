package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A moment of stage 2 from which a killed build goes on.
 *
 * @param samples made, the first ones of all in the order of drawing
 * @param buckets how far each is written
 * @param tally of these samples
 */
record MadeSoFar(long samples, List<Buckets.Mark> buckets, Tally tally) {
    static MadeSoFar nothing(int buckets) {
        return new MadeSoFar(0, Collections.nCopies(buckets, Buckets.Mark.START), new Tally());
    }

    long bytes() {
        return buckets.stream().mapToLong(Buckets.Mark::bytes).sum();
    }

    ObjectNode json() {
        ObjectNode json = WorkDirectory.JSON.createObjectNode().put("samples", samples);
        ArrayNode marks = json.putArray("buckets");
        buckets.forEach(mark -> marks.addArray().add(mark.bytes()).add(mark.crc32c()));
        json.set("tally", tally.json());
        return json;
    }

    static MadeSoFar of(JsonNode json) {
        List<Buckets.Mark> marks = new ArrayList<>();
        json.get("buckets").forEach(mark -> marks.add(new Buckets.Mark(mark.get(0).asLong(), mark.get(1).asLong())));
        return new MadeSoFar(json.get("samples").asLong(), marks, Tally.of(json.get("tally")));
    }
}
