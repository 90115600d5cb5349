package org.bayling.corpus.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bayling.corpus.LanguageRegistry;
import org.bayling.data.CorpusManifest;
import org.bayling.io.FaultPoint;
import org.bayling.observe.TaskProgress;

/** Sources and a recipe of a few hundred samples, made of nothing of others. */
final class TinyCorpus {
    static final LanguageRegistry REGISTRY = new LanguageRegistry();
    private static final int ITEMS = 60;

    private TinyCorpus() {}

    /** Writes {@code fr.tsv}, {@code km.txt}, {@code en.txt}, {@code zh.jsonl}, {@code en.jsonl} and the recipe. */
    static Path write(Path folder) throws IOException {
        StringBuilder french = new StringBuilder();
        StringBuilder khmer = new StringBuilder();
        StringBuilder english = new StringBuilder();
        StringBuilder chineseRows = new StringBuilder();
        StringBuilder englishRows = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            french.append("Le livre numéro ").append(i).append(" est rouge.\tBook number ").append(i).append(" is red.\n");
            khmer.append("សៀវភៅលេខ ").append(i).append("\n");
            english.append("A book with the number ").append(i).append("\n");
            englishRows.append(row("What comes after " + i + "?", "<b>" + (i + 1) + "</b> comes after it."));
            chineseRows.append(row(i + "后面是什么？", "后面是" + (i + 1) + "。"));
        }
        Files.writeString(folder.resolve("fr.tsv"), french);
        Files.writeString(folder.resolve("km.txt"), khmer);
        Files.writeString(folder.resolve("en.txt"), english);
        Files.writeString(folder.resolve("en.jsonl"), englishRows);
        Files.writeString(folder.resolve("zh.jsonl"), chineseRows);
        return Files.writeString(folder.resolve("recipe.yaml"), """
                root: %s
                seed: 3
                quality: none
                sources:
                  - {id: zh, kind: instructions, path: zh.jsonl, language: zh, licence: CC0-1.0}
                  - {id: en, kind: instructions, path: en.jsonl, language: en, licence: CC0-1.0}
                  - {id: fr, kind: parallel, path: fr.tsv, format: tsv, languages: [fr, en], licence: CC0-1.0}
                  - {id: km, kind: parallel, path: [km.txt, en.txt], format: lines, languages: [km, en], licence: CC0-1.0}
                mixture:
                  samples: 400
                  groups: {zh: 43.2, en: 26.2, cross-lingual: 30.6}
                  max_epochs: 4
                samples_per_shard: 64
                samples_per_frame: 16
                """.formatted(folder));
    }

    private static String row(String question, String answer) {
        return "{\"instruction\": \"" + question + "\", \"output\": \"" + answer + "\"}\n";
    }

    static CorpusManifest build(Path recipe, Path target, int threads, FaultPoint faults, String... overrides)
            throws Exception {
        CorpusRecipe read = CorpusRecipeReader.read(recipe, List.of(overrides), REGISTRY);
        return new CorpusBuild(read, REGISTRY, target, threads, TaskProgress.silent(), faults).run(plan -> {});
    }

    /** With the progress told of. */
    static CorpusManifest build(Path recipe, Path target, TaskProgress progress) throws Exception {
        CorpusRecipe read = CorpusRecipeReader.read(recipe, List.of(), REGISTRY);
        return new CorpusBuild(read, REGISTRY, target, 2, progress).run(plan -> {});
    }

    static CorpusManifest build(Path recipe, Path target) throws Exception {
        return build(recipe, target, 2, FaultPoint.NONE);
    }

    /** Every file of a folder by name, with a hash of its bytes. */
    static Map<String, Integer> files(Path folder) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
