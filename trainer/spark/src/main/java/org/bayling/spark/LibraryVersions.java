package org.bayling.spark;

import com.github.luben.zstd.util.ZstdVersion;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The libraries that decide the bytes of a corpus and that a cluster has its own of, which win over ours: ICU, whose
 * CLDR is a source, and zstd, which compresses.
 */
record LibraryVersions(String icu, String zstd) {
    private static final String FILE = "libraries.properties";

    /** Those on the class path of this process. */
    static LibraryVersions found() {
        VersionInfo icu = VersionInfo.ICU_VERSION;
        return new LibraryVersions(icu.getMajor() + "." + icu.getMinor(), ZstdVersion.VERSION);
    }

    /** Those that the local build has. */
    static LibraryVersions expected() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = LibraryVersions.class.getResourceAsStream(FILE)) {
            versions.load(in);
        }
        return new LibraryVersions(versions.getProperty("icu4j"), versions.getProperty("zstd-jni"));
    }

    /**
     * Refuses to build what would not be the corpus of the local run.
     *
     * @throws ForeignLibraryException saying which library is another one
     */
    void require(LibraryVersions expected) throws ForeignLibraryException {
        require("icu4j", icu, expected.icu());
        // The Java part behind the hyphen is free to differ.
        require("zstd-jni", zstd.split("-")[0], expected.zstd().split("-")[0]);
    }

    private static void require(String library, String found, String expected)
            throws ForeignLibraryException {
        if (!found.equals(expected)) {
            throw new ForeignLibraryException("the cluster has another " + library + ", " + found
                    + ", than a build on one machine, " + expected + ", and the bytes of the corpus would differ;"
                    + " put that version before Spark's with spark.driver.extraClassPath and"
                    + " spark.executor.extraClassPath, or use a Spark that has it");
        }
    }
}
