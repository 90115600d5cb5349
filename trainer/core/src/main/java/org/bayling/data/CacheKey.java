package org.bayling.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.bayling.config.DataConfig;

/**
 * What the tokens of a data set depend on, as one SHA-256: the bytes of its files in order, whether these are shards of
 * a corpus, format, columns, language,
 * {@code max_samples}, {@code cutoff_len}, {@code overlong}, the encoder's fingerprint and the version of the cache.
 *
 * <p>The files are hashed whole: size and time of change say nothing after a copy, and hashing is much quicker than
 * tokenizing.
 */
final class CacheKey {
    private CacheKey() {}

    static String of(
            DataConfig.Dataset dataset, List<DataFile> files, boolean corpus, DataConfig data, SampleEncoder encoder) {
        MessageDigest digest = sha256();
        add(digest, "version", Integer.toString(TokenCache.VERSION));
        for (DataFile file : files) {
            // The ending chooses the reader; the rest of the name does not change a token.
            String name = file.path().getFileName().toString();
            add(digest, "file", name.substring(name.indexOf('.') + 1));
            add(digest, "content", file.sha256());
        }
        add(digest, "corpus", Boolean.toString(corpus));
        add(digest, "format", dataset.format().name());
        new TreeMap<>(dataset.columns()).forEach((ours, theirs) -> add(digest, "column " + ours, theirs));
        add(digest, "language", dataset.language().orElse(""));
        add(digest, "max_samples", Long.toString(dataset.maxSamples().orElse(-1)));
        add(digest, "cutoff_len", Integer.toString(data.cutoffLen()));
        add(digest, "overlong", data.overlong().name());
        add(digest, "encoder", encoder.fingerprint());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((name + ":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
