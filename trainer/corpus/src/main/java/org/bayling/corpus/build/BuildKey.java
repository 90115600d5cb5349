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
 */
final class BuildKey {
    private static final int VERSION = 1;

    private BuildKey() {}

    static String of(CorpusRecipe recipe) throws IOException {
        MessageDigest digest = sha256();
        add(digest, VERSION + " " + CorpusManifest.VERSION);
        add(digest, recipe.text());
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
