package org.bayling.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of several data sets under one numbering: those of the first data set, then those of the second, and so
 * on. Owns the caches.
 */
final class SampleSet implements AutoCloseable {
    private final List<TokenCache> caches;
    private final long[] starts;
    private final List<Group> groups;
    private final int[][] groupOf;

    /** @param names of the data sets, in the order of the caches */
    SampleSet(List<String> names, List<TokenCache> caches) {
        this.caches = List.copyOf(caches);
        this.starts = new long[caches.size() + 1];
        this.groupOf = new int[caches.size()][];
        Map<Group, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < caches.size(); i++) {
            starts[i + 1] = starts[i] + caches.get(i).samples();
            List<SampleTags> tags = caches.get(i).summary().tags();
            groupOf[i] = new int[tags.size()];
            for (int k = 0; k < tags.size(); k++) {
                groupOf[i][k] = numbers.computeIfAbsent(tags.get(k).in(names.get(i)), group -> numbers.size());
            }
        }
        this.groups = List.copyOf(new ArrayList<>(numbers.keySet()));
    }

    /** All groups that samples belong to. */
    List<Group> groups() {
        return groups;
    }

    /** Samples of a data set. */
    long size(int dataset) {
        return caches.get(dataset).samples();
    }

    /** Number of a data set's sample in the numbering over all. */
    long number(int dataset, long sample) {
        return starts[dataset] + sample;
    }

    /** Tokens of a sample. */
    int length(long number) {
        int dataset = dataset(number);
        return caches.get(dataset).length(number - starts[dataset]);
    }

    /** Tokens of a sample that have a loss. */
    int trainedTokens(long number) {
        int dataset = dataset(number);
        return caches.get(dataset).trainedTokens(number - starts[dataset]);
    }

    /** Index into {@link #groups()}. */
    int group(long number) {
        int dataset = dataset(number);
        return groupOf[dataset][caches.get(dataset).tags(number - starts[dataset])];
    }

    /** One micro-batch of these samples, each a document. */
    Batch batch(long[] numbers) throws IOException {
        int[] starts = new int[numbers.length + 1];
        for (int d = 0; d < numbers.length; d++) {
            starts[d + 1] = Math.addExact(starts[d], length(numbers[d]));
        }
        int[] tokens = new int[starts[numbers.length]];
        int[] labels = new int[tokens.length];
        int[] groups = new int[numbers.length];
        long[] trainedBytes = new long[numbers.length];
        for (int d = 0; d < numbers.length; d++) {
            int dataset = dataset(numbers[d]);
            long sample = numbers[d] - this.starts[dataset];
            caches.get(dataset).read(sample, tokens, labels, starts[d]);
            groups[d] = group(numbers[d]);
            trainedBytes[d] = caches.get(dataset).trainedBytes(sample);
        }
        return new Batch(tokens, labels, starts, groups, numbers.clone(), trainedBytes);
    }

    private int dataset(long number) {
        int dataset = 0;
        while (number >= starts[dataset + 1]) {
            dataset++;
        }
        return dataset;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (TokenCache cache : caches) {
            try {
                cache.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
