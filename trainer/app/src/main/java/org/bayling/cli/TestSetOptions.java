package org.bayling.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bayling.evaluation.translate.DirectionChoice;
import org.bayling.evaluation.translate.TestSetChoice;
import org.bayling.evaluation.translate.TestSetFiles;
import picocli.CommandLine.Option;

/** Which test set of translation, and what of it. */
final class TestSetOptions {
    private static final String ENDINGS = "\\.(jsonl|ndjson|json|csv|tsv|parquet|gz|zst)\\b.*";

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "A folder of FLORES, of WMT or of pairs of files; or rows (.jsonl, .tsv, ...) with src_lang, tgt_lang,",
                "src and tgt, or with texts under codes of languages. Plain, .gz or .zst."
            })
    private List<Path> data;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the scores; default the last part of --data.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "devtest",
            description = "Of FLORES; default ${DEFAULT-VALUE}.")
    private String split;

    @Option(names = "--test-set", paramLabel = "NAME", description = "Of WMT, where the folder has several.")
    private Optional<String> testSet = Optional.empty();

    @Option(
            names = "--references",
            split = ",",
            paramLabel = "LABEL",
            description = "References of WMT, separated by commas; default A, else the first by name.")
    private List<String> references = List.of();

    @Option(
            names = "--directions",
            split = ",",
            paramLabel = "XX-YY",
            description = "en-zh or eng_Latn-zho_Hans, separated by commas; default all where there are few.")
    private List<String> directions = List.of();

    @Option(
            names = "--pivots",
            split = ",",
            paramLabel = "CODE",
            description = "All directions from and to these languages: en,zh.")
    private List<String> pivots = List.of();

    @Option(names = "--all", description = "All directions, however many there are.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N segments of each direction.")
    private Optional<Integer> limit = Optional.empty();

    /** Of the scores. */
    String name() {
        Path last = data.get(0).toAbsolutePath().normalize().getFileName();
        return name.orElseGet(() -> last == null ? "translation" : last.toString().replaceAll(ENDINGS, ""));
    }

    /** @throws IllegalArgumentException when the limit is none */
    TestSetChoice choice() {
        return new TestSetChoice(
                new TestSetFiles(data, split, testSet, references),
                new DirectionChoice(directions, pivots, all),
                limit.orElse(Integer.MAX_VALUE));
    }
}
