package org.bayling.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    private Path temp;

    @Test
    void runsFromAnyFolder() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp).run("--version");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).startsWith("bayling-train ");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void runsThroughASymbolicLinkToASymbolicLinkInAFolderWithSpaces() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("a folder with spaces"));
        Path first = Files.createSymbolicLink(
                temp.resolve("first"),
                BuiltProduct.root().resolve("bayling-train").toAbsolutePath());
        // Relative to the folder that the link lies in, not to the one the shell is in.
        Path second = Files.createSymbolicLink(folder.resolve("second link"), Path.of("../" + first.getFileName()));
        BuiltProduct.Result result =
                BuiltProduct.in(folder).withLauncher(second).run("--version");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).startsWith("bayling-train ");
        Files.delete(second);
        Files.delete(first);
    }

    @Test
    void runsFromASourceTreeWhosePathHasSpaces() throws Exception {
        Path launcher = BuiltProduct.copyOfTheTree(temp.resolve("my trainers/bayling for java"));
        BuiltProduct.Result result =
                BuiltProduct.in(temp).withLauncher(launcher).run("--version");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).startsWith("bayling-train ");
    }

    @Test
    void javaHomeWithoutJavaIsNamed() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("JAVA_HOME", temp.toString())
                .run("--version");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.err()).contains("JAVA_HOME is " + temp).contains("17 or newer");
    }

    @Test
    void aJdkThatIsTooOldIsRefused() throws Exception {
        Path java = Files.createDirectories(temp.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.20\" 2023-07-18' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("JAVA_HOME", temp.resolve("jdk").toString())
                .run("--version");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.err()).contains("too old").contains("11.0.20").contains("17 or newer");
    }

    @Test
    void optionsOfTheUserWinOverThoseOfTheLauncher() throws Exception {
        BuiltProduct.Result result = BuiltProduct.in(temp)
                .withEnvironment("BAYLING_JAVA_OPTS", "-Xmx768m -Xshare:auto")
                .run("doctor");
        assertThat(result.out()).as(result.toString()).containsPattern("java heap +0\\.[78] GiB at most");
    }

    @Test
    void nothingBuiltAndNothingToBuildWithIsToldApart() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("fresh"));
        Path launcher = Files.copy(BuiltProduct.root().resolve("bayling-train"), tree.resolve("bayling-train"));
        BuiltProduct.Result result =
                BuiltProduct.in(temp).withLauncher(launcher).run("--version");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.err()).contains("nothing is built yet");
    }

    @Test
    void theFirstUseBuildsVisiblyAndTwoAtOnceBuildOnce() throws Exception {
        Path launcher = BuiltProduct.copyOfTheTree(temp.resolve("fresh"));
        Path classPath = launcher.resolveSibling("trainer/app/target/class-path");
        Path kept = Files.move(classPath, temp.resolve("class-path"));
        BuiltProduct product = withMaven(
                launcher,
                "echo call >> '" + temp + "/calls'",
                "echo '[INFO] Building BayLing: engine 0.1.0                       [3/6]'",
                "echo 'Downloading from central: somewhere/else/picocli-4.7.7.jar'",
                "sleep 0.5",
                "cp '" + kept + "' '" + classPath + "'");
        try (BuiltProduct.Running first = product.start("--version");
                BuiltProduct.Running second = product.start("--version")) {
            BuiltProduct.Result one = first.await();
            BuiltProduct.Result other = second.await();
            assertThat(one.exitCode()).as(one.toString()).isZero();
            assertThat(other.exitCode()).as(other.toString()).isZero();
            assertThat(one.err() + other.err())
                    .contains("[3/6] BayLing: engine\n")
                    .contains("fetching picocli-4.7.7.jar");
            assertThat(one.out()).as("progress is not a result").startsWith("bayling-train ");
        }
        assertThat(temp.resolve("calls")).hasContent("call");
    }

    @Test
    void aChangedSourceIsBuiltAgainAndAnUnchangedOneIsNot() throws Exception {
        Path launcher = BuiltProduct.copyOfTheTree(temp.resolve("tree"));
        Path source = Files.createDirectories(launcher.resolveSibling("trainer/core/src/main/java"));
        Path classPath = launcher.resolveSibling("trainer/app/target/class-path");
        BuiltProduct product = withMaven(launcher, "echo call >> '" + temp + "/calls'", "touch '" + classPath + "'");
        FileTime built = Files.getLastModifiedTime(classPath);
        for (Path folder : List.of(source, source.getParent())) { // both were made after the class path
            Files.setLastModifiedTime(folder, FileTime.from(built.toInstant().minusSeconds(1)));
        }
        assertThat(product.run("--version").exitCode()).isZero();
        assertThat(temp.resolve("calls")).doesNotExist();
        Files.writeString(source.resolve("New.java"), "");
        Files.setLastModifiedTime(
                source.resolve("New.java"), FileTime.from(built.toInstant().plusSeconds(1)));
        assertThat(product.run("--version").exitCode()).isZero();
        assertThat(temp.resolve("calls")).hasContent("call");
    }

    @Test
    void aFailedBuildShowsMavensErrorsAndRunsNothing() throws Exception {
        Path launcher = BuiltProduct.copyOfTheTree(temp.resolve("tree"));
        Files.delete(launcher.resolveSibling("trainer/app/target/class-path"));
        BuiltProduct.Result result = withMaven(launcher, "echo '[ERROR] cannot find symbol'", "exit 1")
                .run("--version");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(11);
        assertThat(result.err()).contains("[ERROR] cannot find symbol").contains("build.log");
        assertThat(result.out()).isEmpty();
    }

    /** A product that is built by these shell lines in place of Maven. */
    private BuiltProduct withMaven(Path launcher, String... lines) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("bin"));
        Path mvn = Files.writeString(folder.resolve("mvn"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(mvn.toFile().setExecutable(true)).isTrue();
        return BuiltProduct.in(temp)
                .withLauncher(launcher)
                .withEnvironment("BAYLING_SKIP_BUILD", "0")
                .withEnvironment("PATH", folder + ":" + System.getenv("PATH"));
    }
}
