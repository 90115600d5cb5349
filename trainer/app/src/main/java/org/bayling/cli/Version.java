package org.bayling.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Versions of what numbers depend on. The file is filled in by the build. */
final class Version implements IVersionProvider {
    private static final String FILE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties built = built();
        return new String[] {
            "bayling-train " + built.getProperty("version"),
            "DJL " + built.getProperty("djl") + ", libtorch " + built.getProperty("libtorch"),
            "JDK " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }

    /** The program's own version. */
    static String program() throws IOException {
        return built().getProperty("version");
    }

    private static Properties built() throws IOException {
        Properties built = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException(FILE + " is missing in the program's jar; build it again: mvn clean package");
            }
            built.load(file);
        }
        return built;
    }
}
