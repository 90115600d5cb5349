package org.bayling.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@link CorpusBuildJob} is given.
 *
 * @param overrides {@code key=value}, laid over the recipe
 * @param partitions empty leaves it to the size of the cluster
 */
record JobArguments(Path recipe, List<String> overrides, Path output, OptionalInt partitions) {
    private static final String USAGE = "usage: RECIPE [key=value ...] --output DIR [--partitions N]";

    /** @throws IllegalArgumentException saying what is wrong */
    static JobArguments of(String... args) {
        List<String> plain = new ArrayList<>();
        Path output = null;
        OptionalInt partitions = OptionalInt.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--output" -> output = Path.of(value(args, ++i));
                case "--partitions" -> partitions = OptionalInt.of(positive(value(args, ++i)));
                default -> plain.add(args[i]);
            }
        }
        List<String> overrides = plain.subList(Math.min(1, plain.size()), plain.size());
        if (plain.isEmpty() || output == null) {
            throw new IllegalArgumentException((plain.isEmpty() ? "no recipe is given" : "no --output is given")
                    + "; " + USAGE);
        }
        for (String override : overrides) {
            if (!override.contains("=")) {
                throw new IllegalArgumentException("\"" + override + "\" is no key=value; " + USAGE);
            }
        }
        return new JobArguments(Path.of(plain.get(0)), List.copyOf(overrides), output, partitions);
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new IllegalArgumentException(args[at - 1] + " has no value; " + USAGE);
        }
        return args[at];
    }

    private static int positive(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--partitions " + text + " is no number; " + USAGE, e);
        }
        throw new IllegalArgumentException("--partitions " + text + " is not above 0; " + USAGE);
    }
}
