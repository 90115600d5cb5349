package org.bayling.cli;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This program once more, in a process of its own with the same Java, options and environment. Its messages go where
 * this process's go; what it prints as a result is dropped.
 *
 * @param arguments of the program
 * @param libraries class path of what that process needs beside this one's; may be empty
 */
record ProgramProcess(List<String> arguments, String libraries) {
    ProgramProcess {
        arguments = List.copyOf(arguments);
    }

    /** Runs it to its end, and ends it when this process ends. Returns its exit code. */
    int run() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String classPath = System.getProperty("java.class.path");
        String all = libraries.isEmpty() ? classPath : classPath + File.pathSeparator + libraries;
        command.addAll(List.of("-cp", all, Main.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(Redirect.INHERIT)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try (ShutdownAction end = new ShutdownAction(process::destroy)) {
            return process.waitFor();
        } catch (InterruptedException problem) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + String.join(" ", arguments));
        }
    }
}
