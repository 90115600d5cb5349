package org.bayling.corpus.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bayling.corpus.quality.EvaluationSet;
import org.bayling.corpus.source.SourceRecipe;
import org.bayling.data.CorpusManifest;

/**
 * By what an unfinished build is known again: the recipe, and the names, sizes and times of change of its files. It is in
 * no corpus, so that the same content gives the same corpus wherever and whenever it lies.
 *
 * @param items of what was read and filtered, whatever the mixture
 * @param samples of what was made of it
 */
record BuildKey(String items, String samples) {
    /** Goes up when a build of the same recipe leaves other files. */
    private static final int VERSION = 3;

    static BuildKey of(CorpusRecipe recipe) throws IOException {
        String items = ofItems(recipe);
        return new BuildKey(items, of(items + "\n" + CorpusManifest.VERSION + "\n" + recipe.text()));
    }

    /** Of a build in parts: it leaves other files, that one in a single place cannot go on with. */
    BuildKey inParts() {
        return new BuildKey("parts " + items, "parts " + samples);
    }

    private static String ofItems(CorpusRecipe recipe) throws IOException {
        MessageDigest digest = sha256();
        add(digest, Integer.toString(VERSION));
        add(digest, recipe.sources().toString());
        add(digest, recipe.decontaminate().toString());
        add(digest, recipe.quality().toString());
        for (SourceRecipe source : recipe.sources()) {
            for (String path : source.paths()) {
                addFiles(digest, path);
            }
        }
        for (EvaluationSet set : recipe.decontaminate()) {
            addFiles(digest, set.path().toString());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of a text in UTF-8. */
    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A pattern stands for all that is below its last plain folder: more than it names, which does no harm here. What is
     * missing is found when it is read.
     */
    private static void addFiles(MessageDigest digest, String path) throws IOException {
        Path root = Path.of(path);
        if (!Files.exists(root)) {
            Path plain = root.isAbsolute() ? root.getRoot() : Path.of("");
            for (Path part : root) {
                if (part.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
                    break;
                }
                plain = plain.resolve(part);
            }
            root = plain;
        }
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(digest, file.toAbsolutePath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
