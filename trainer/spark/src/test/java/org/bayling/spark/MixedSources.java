package org.bayling.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sources of several parts and a recipe with every filter, made of nothing of others. */
final class MixedSources {
    private static final int PAIRS = 2600;
    private static final int ROWS = 1100;
    private static final String[] COLOURS = {"red", "green", "blue", "yellow", "grey"};
    private static final String[] ROUGE = {"rouge", "vert", "bleu", "jaune", "gris"};
    private static final String[] THINGS = {"garden", "window", "bridge", "letter", "winter", "kitchen", "river"};
    private static final String[] JARDIN = {"jardin", "fenêtre", "pont", "lettre", "hiver", "cuisine", "fleuve"};

    private MixedSources() {}

    /** Writes the sources, an evaluation set that holds some of their sentences, and the recipe. */
    static Path write(Path folder) throws IOException {
        StringBuilder french = new StringBuilder();
        StringBuilder evaluation = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            // Every fiftieth is there twice, and every hundredth is in the evaluation set.
            int n = i % 50 == 49 ? i - 7 : i;
            String english = english(n);
            french.append(french(n)).append('\t').append(english).append('\n');
            if (i % 100 == 30) {
                evaluation.append(english).append('\n');
            }
        }
        StringBuilder khmer = new StringBuilder();
        StringBuilder pivot = new StringBuilder();
        StringBuilder englishRows = new StringBuilder();
        StringBuilder chineseRows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            khmer.append("សៀវភៅលេខ ").append(i).append('\n');
            pivot.append("Book number ").append(i).append('\n');
            englishRows.append(row("Which number comes after " + i + "?", "The number " + (i + 1) + " comes after it."));
            chineseRows.append(row(i + "后面是什么数字？", "后面的数字是" + (i + 1) + "。"));
        }
        Files.writeString(folder.resolve("fr.tsv"), french);
        Files.writeString(folder.resolve("evaluation.txt"), evaluation);
        Files.writeString(folder.resolve("km.txt"), khmer);
        Files.writeString(folder.resolve("en.txt"), pivot);
        Files.writeString(folder.resolve("en.jsonl"), englishRows);
        Files.writeString(folder.resolve("zh.jsonl"), chineseRows);
        return Files.writeString(folder.resolve("recipe.yaml"), """
                root: %s
                seed: 3
                sources:
                  - {id: zh, kind: instructions, path: zh.jsonl, language: zh, licence: CC0-1.0}
                  - {id: fr, kind: parallel, path: fr.tsv, format: tsv, languages: [fr, en], licence: CC0-1.0}
                  - {id: en, kind: instructions, path: en.jsonl, language: en, licence: CC0-1.0}
                  - {id: km, kind: parallel, path: [km.txt, en.txt], format: lines, languages: [km, en], licence: CC0-1.0}
                  - {id: cldr, kind: cldr, languages: [en, zh, fr, km, yo], largest_number: 12, dates: 5, licence: Unicode-3.0}
                decontaminate:
                  - {name: held-out, path: evaluation.txt, format: lines}
                quality: {skip: [language-id]}
                mixture:
                  samples: 6000
                  groups: {zh: 43.2, en: 26.2, cross-lingual: 30.6}
                  max_epochs: 40
                samples_per_shard: 512
                samples_per_frame: 16
                """.formatted(folder));
    }

    private static String english(int n) {
        return "Behind the " + COLOURS[n % 5] + " " + THINGS[n % 7] + " we found " + n + " old books and a "
                + COLOURS[n / 7 % 5] + " " + THINGS[n / 5 % 7] + " that nobody had seen for " + (n * 31 % 997)
                + " years.";
    }

    private static String french(int n) {
        return "Derrière (" + ROUGE[n % 5] + ") " + JARDIN[n % 7] + " nous avons trouvé " + n + " vieux livres et ("
                + ROUGE[n / 7 % 5] + ") " + JARDIN[n / 5 % 7] + " que personne n'avait vu depuis " + (n * 31 % 997)
                + " ans.";
    }

    private static String row(String question, String answer) {
        return "{\"instruction\": \"" + question + "\", \"output\": \"" + answer + "\"}\n";
    }
}
