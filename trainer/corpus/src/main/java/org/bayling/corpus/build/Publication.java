package org.bayling.corpus.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.bayling.corpus.Language;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.corpus.mixture.Cell;
import org.bayling.corpus.mixture.CellTable;
import org.bayling.corpus.mixture.MixturePlan;
import org.bayling.data.CorpusManifest;
import org.bayling.io.AtomicFile;
import org.bayling.io.Checksum;
import org.bayling.io.FileDigest;

/** Stage 4: the files beside the shards; the manifest comes last. */
final class Publication {
    /** Planned and realised samples of each cell. */
    static final String PLAN = "plan.json";
    /** What the report shows besides. */
    static final String STATISTICS = "statistics.json";

    private static final String RECIPE = "recipe.yaml";
    private static final String CONTAMINATED = "contaminated.jsonl";

    private final WorkDirectory work;
    private final CorpusRecipe recipe;
    private final Gathered gathered;
    private final MixturePlan plan;
    private final Tally tally;
    private final LanguageRegistry registry;

    Publication(
            WorkDirectory work,
            CorpusRecipe recipe,
            Gathered gathered,
            MixturePlan plan,
            Tally tally,
            LanguageRegistry registry) {
        this.work = work;
        this.recipe = recipe;
        this.gathered = gathered;
        this.plan = plan;
        this.tally = tally;
        this.registry = registry;
    }

    void write(List<CorpusManifest.Shard> shards) throws IOException {
        write(RECIPE, recipe.text());
        write(CONTAMINATED, Files.readString(work.contaminated()));
        write(PLAN, WorkDirectory.JSON.writeValueAsString(planned()));
        write(STATISTICS, WorkDirectory.JSON.writeValueAsString(statistics()));
        write(CorpusManifest.NAME, WorkDirectory.JSON.writeValueAsString(manifest(shards)));
    }

    private void write(String name, String text) throws IOException {
        AtomicFile.write(work.corpus().resolve(name), text, work.faults());
    }

    private ObjectNode planned() {
        SortedMap<Cell, long[]> cells = new TreeMap<>();
        for (MixturePlan.Line line : plan.lines()) {
            cells.put(line.cell(), new long[] {
                line.supply().candidates(), line.samples(), tally.samples(line.cell()), tally.characters(line.cell())
            });
        }
        ObjectNode json = WorkDirectory.JSON.createObjectNode();
        json.putArray("figures").add("candidates").add("planned").add("realised").add("characters");
        json.set("cells", CellTable.json(cells));
        return json;
    }

    private ObjectNode statistics() {
        ObjectNode made = tally.json();
        ObjectNode found = gathered.json();
        ObjectNode statistics = WorkDirectory.JSON.createObjectNode();
        statistics.set("lengths", made.get("lengths"));
        statistics.set("templates", made.get("templates"));
        statistics.set("scripts", found.get("scripts"));
        statistics.set("filters", found.get("filters"));
        ObjectNode languages = statistics.putObject("languages");
        for (String tag : gathered.scripts().keySet()) {
            Language language = registry.require(tag);
            languages.putObject(tag).put("name", language.english()).put("script", language.script());
        }
        return statistics;
    }

    private ObjectNode manifest(List<CorpusManifest.Shard> shards) throws IOException {
        ObjectNode json = WorkDirectory.JSON
                .createObjectNode()
                .put("format", CorpusManifest.FORMAT)
                .put("version", CorpusManifest.VERSION)
                .put("samples", plan.samples())
                .put("samples_per_shard", recipe.samplesPerShard())
                .put("samples_per_frame", recipe.samplesPerFrame())
                .put("seed", recipe.seed())
                .put("recipe_sha256", BuildKey.of(recipe.text()))
                .put("inputs_sha256", gathered.itemsSha256());
        json.set("sources", gathered.json().get("sources"));
        counts(json.putObject("groups"), cell -> cell.group().label());
        counts(json.putObject("languages"), Cell::language);
        counts(json.putObject("tasks"), Cell::task);
        counts(json.putObject("directions"), Cell::direction);
        ArrayNode list = json.putArray("shards");
        shards.forEach(shard -> list.add(Writing.json(shard)));
        ObjectNode files = json.putObject("files");
        for (String name : List.of(RECIPE, PLAN, STATISTICS, CONTAMINATED)) {
            FileDigest digest = Checksum.ofFile(work.corpus().resolve(name));
            files.putObject(name).put("bytes", digest.bytes()).put("sha256", digest.sha256());
        }
        return json;
    }

    private void counts(ObjectNode node, Function<Cell, String> property) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (MixturePlan.Line line : plan.lines()) {
            if (line.samples() > 0) {
                counts.merge(property.apply(line.cell()), tally.samples(line.cell()), Long::sum);
            }
        }
        counts.forEach(node::put);
    }
}
