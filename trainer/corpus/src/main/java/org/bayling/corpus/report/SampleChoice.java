package org.bayling.corpus.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bayling.data.CorpusManifest;
import org.bayling.data.ShardReader;

/** Samples to look at. A corpus is shuffled, so that its first ones are as good as any. */
public final class SampleChoice {
    /** Samples of each language and task on a page. */
    static final int EACH = 2;

    private static final int MOST_LOOKED_AT = 50_000;
    private static final int MOST_SHOWN = 1500;

    private SampleChoice() {}

    /** The first samples of each language and task, at most {@code each} of them, among the corpus' first 50,000. */
    static List<JsonNode> of(CorpusManifest manifest, int each, Predicate<JsonNode> wanted) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        List<JsonNode> chosen = new ArrayList<>();
        scan(manifest, MOST_LOOKED_AT, sample -> {
            String kind = sample.path("language").asText() + " " + sample.path("task").asText();
            if (wanted.test(sample) && seen.merge(kind, 1, Integer::sum) <= each) {
                chosen.add(sample);
            }
            return chosen.size() < MOST_SHOWN;
        });
        return chosen;
    }

    /** The first samples that are wanted, at most {@code count}, among all. */
    public static List<JsonNode> first(CorpusManifest manifest, int count, Predicate<JsonNode> wanted)
            throws IOException {
        List<JsonNode> chosen = new ArrayList<>();
        if (count < 1) {
            return chosen;
        }
        scan(manifest, Long.MAX_VALUE, sample -> {
            if (wanted.test(sample)) {
                chosen.add(sample);
            }
            return chosen.size() < count;
        });
        return chosen;
    }

    /** Gives samples until told to stop. */
    private static void scan(CorpusManifest manifest, long most, Predicate<JsonNode> more) throws IOException {
        long looked = 0;
        for (int shard = 0; shard < manifest.shards().size(); shard++) {
            try (ShardReader reader = ShardReader.open(manifest, shard)) {
                for (int frame = 0; frame < reader.frames(); frame++) {
                    for (JsonNode sample : reader.samples(frame)) {
                        if (looked++ >= most || !more.test(sample)) {
                            return;
                        }
                    }
                }
            }
        }
    }
}
