package org.bayling.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.bayling.config.BatchConfig;
import org.bayling.config.DataConfig;
import org.bayling.numeric.Rng;

/**
 * The data of a run, tokenized and ready: the door to this package. Owns the mapped caches; close it last.
 */
public final class TrainingData implements AutoCloseable {
    /** Names of the seed's uses: order, held-out split, packed rows. */
    private static final long ORDER = 0x6f72646572L;

    private static final long SPLIT = 0x73706c6974L;
    private static final long ROWS = 0x726f7773L;

    private final DataConfig data;
    private final BatchConfig batch;
    private final SampleSet samples;
    private final HoldOut[] holdOuts;
    private final Mixture mixture;
    private final SampleOrder order;
    private final RowOrder rows;
    private final StepStream steps;
    private final MixturePlan plan;
    private final DataReport report;
    private final List<DataFile> files;

    private TrainingData(
            DataConfig data,
            BatchConfig batch,
            long seed,
            SampleSet samples,
            DataReport report,
            List<DataFile> files)
            throws DataException {
        this.data = data;
        this.batch = batch;
        this.samples = samples;
        this.report = report;
        this.files = List.copyOf(files);
        this.holdOuts = holdOuts(data, seed, samples);
        this.mixture = mixture(data, seed, holdOuts);
        this.order = order(mixture, holdOuts, samples);
        this.rows = new RowOrder(order, samples, data.packing(), data.cutoffLen(), Rng.mix(seed, ROWS));
        this.steps = new StepStream(
                samples, order, rows, batch.perDeviceTrainBatchSize(), batch.gradientAccumulationSteps());
        this.plan = walkFirstEpoch();
    }

    /**
     * Reads and tokenizes all data sets, or finds their tokens from an earlier run.
     *
     * @param seed of order and held-out split
     * @param cacheFolder where token caches are looked for and written
     * @param threads workers that parse and encode; the result does not depend on it
     * @throws DataException when the data cannot be used: no file, too many bad rows, a data set without usable rows
     */
    public static TrainingData open(
            DataConfig data,
            BatchConfig batch,
            long seed,
            SampleEncoder encoder,
            Path cacheFolder,
            int threads,
            ReadProgress progress)
            throws IOException {
        List<DataConfig.Dataset> datasets =
                Stream.concat(data.datasets().stream(), data.evalDatasets().stream()).toList();
        if (data.datasets().isEmpty()) {
            throw new DataException("datasets is empty: there is nothing to train on");
        }
        BadRows badRows = new BadRows(data.maxBadRows());
        List<DataFile> files = new ArrayList<>();
        List<TokenCache> caches = new ArrayList<>();
        ExecutorService workers = workers(threads);
        try {
            for (DataConfig.Dataset dataset : datasets) {
                List<DataFile> its =
                        DataFile.all(dataset.name(), DataFiles.list(dataset.name(), dataset.path()), progress);
                files.addAll(its);
                caches.add(open(dataset, its, data, encoder, cacheFolder, workers, threads, badRows, progress));
            }
            SampleSet samples =
                    new SampleSet(datasets.stream().map(DataConfig.Dataset::name).toList(), caches);
            List<DataReport.Line> lines = new ArrayList<>();
            caches.forEach(cache -> lines.addAll(cache.summary().lines()));
            return new TrainingData(
                    data, batch, seed, samples, new DataReport(lines, badRows.first(), badRows.counts()), files);
        } catch (IOException | RuntimeException e) {
            for (TokenCache cache : caches) {
                cache.close();
            }
            throw e;
        } finally {
            workers.shutdownNow();
        }
    }

    /**
     * Checks that every data set has files, without reading them.
     *
     * @throws DataException saying which has none
     */
    public static void requireFiles(DataConfig data) throws IOException {
        for (DataConfig.Dataset dataset : data.datasets()) {
            DataFiles.list(dataset.name(), dataset.path());
        }
        for (DataConfig.Dataset dataset : data.evalDatasets()) {
            DataFiles.list(dataset.name(), dataset.path());
        }
    }

    /** Training steps, the next one prepared in the background. Close it before this. */
    public BatchStream train() {
        return new PrefetchingBatchStream(steps);
    }

    /** What is evaluated: the data sets of {@code eval_dataset}, else what {@code val_size} holds out, else nothing. */
    public Optional<EvaluationData> evaluation() {
        return data.evalDatasets().isEmpty() ? heldOut() : Optional.of(evalDatasets());
    }

    /** What was read. */
    public DataReport report() {
        return report;
    }

    /** The files of all data sets, those of {@code eval_dataset} too, in the order of the configuration. */
    public List<DataFile> files() {
        return files;
    }

    /** What the first epoch draws, counted sample by sample, and how long the run is. */
    public MixturePlan plan() {
        return plan;
    }

    private MixturePlan walkFirstEpoch() {
        int groups = samples.groups().size();
        long[] drawn = new long[groups];
        long[] tokens = new long[groups];
        long[] trained = new long[groups];
        for (long i = 0; i < order.size(); i++) {
            long number = order.at(0, i);
            int group = samples.group(number);
            drawn[group]++;
            tokens[group] += samples.length(number);
            trained[group] += samples.trainedTokens(number);
        }
        Map<Group, MixturePlan.Line> lines = new LinkedHashMap<>();
        long allTokens = 0;
        long allTrained = 0;
        for (int g = 0; g < groups; g++) {
            allTokens += tokens[g];
            allTrained += trained[g];
            if (drawn[g] > 0) {
                double share = drawn[g] / (double) order.size();
                Group group = samples.groups().get(g).ofLanguage();
                lines.merge(
                        group,
                        new MixturePlan.Line(group, drawn[g], tokens[g], trained[g], share),
                        MixturePlan.Line::plus);
            }
        }
        long rowCount = rows.size(0);
        double fill = data.packing() ? allTokens / ((double) rowCount * data.cutoffLen()) : 1;
        long total = batch.maxSteps() >= 0 ? batch.maxSteps() : steps.steps(batch.numTrainEpochs());
        return new MixturePlan(
                List.copyOf(lines.values()), order.size(), allTokens, allTrained, rowCount, fill, total, steps.epochs(total));
    }

    @Override
    public void close() throws IOException {
        samples.close();
    }

    private static TokenCache open(
            DataConfig.Dataset dataset,
            List<DataFile> files,
            DataConfig data,
            SampleEncoder encoder,
            Path folder,
            ExecutorService workers,
            int threads,
            BadRows badRows,
            ReadProgress progress)
            throws IOException {
        List<Path> paths = files.stream().map(DataFile::path).toList();
        boolean corpus = CorpusManifest.isCorpus(paths);
        String key = CacheKey.of(dataset, files, corpus, data, encoder);
        Path path = folder.resolve(dataset.name().replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-" + key.substring(0, 16)
                + ".tokens");
        Optional<TokenCache> found = TokenCache.openValid(path, key, dataset.name());
        if (found.isPresent()) {
            TokenCache.Summary summary = found.get().summary();
            badRows.addAll(summary.badRows(), summary.badCounts());
        } else {
            new DatasetReading(dataset, corpus, data, encoder, workers, threads, badRows, progress)
                    .into(path, paths, key);
            found = TokenCache.openValid(path, key, dataset.name());
        }
        TokenCache cache = found.orElseThrow(
                () -> new IOException(path + ": the token cache was damaged right after it was written; check the disk"));
        requireSamples(dataset, cache, badRows);
        return cache;
    }

    private static void requireSamples(DataConfig.Dataset dataset, TokenCache cache, BadRows badRows)
            throws IOException {
        if (cache.samples() > 0) {
            return;
        }
        cache.close();
        DataReport.Line total =
                new DataReport(cache.summary().lines(), List.of(), cache.summary().badCounts()).total(dataset.name());
        throw new DataException("dataset '" + dataset.name() + "' has no usable row: of " + total.rows() + " rows "
                + total.bad() + " are bad and " + total.dropped() + " were dropped as longer than cutoff_len"
                + badRows.shown());
    }

    private Optional<EvaluationData> heldOut() {
        long[] starts = new long[holdOuts.length + 1];
        for (int i = 0; i < holdOuts.length; i++) {
            starts[i + 1] = starts[i] + holdOuts[i].heldOut();
        }
        long size = starts[holdOuts.length];
        return size == 0
                ? Optional.empty()
                : Optional.of(new EvaluationData(
                        samples,
                        size,
                        place -> {
                            int dataset = 0;
                            while (place >= starts[dataset + 1]) {
                                dataset++;
                            }
                            return samples.number(dataset, holdOuts[dataset].heldOutAt(place - starts[dataset]));
                        },
                        batch.perDeviceEvalBatchSize()));
    }

    private EvaluationData evalDatasets() {
        int first = data.datasets().size();
        long size = 0;
        for (int i = 0; i < data.evalDatasets().size(); i++) {
            size += samples.size(first + i);
        }
        long start = samples.number(first, 0);
        return new EvaluationData(samples, size, place -> start + place, batch.perDeviceEvalBatchSize());
    }

    private static HoldOut[] holdOuts(DataConfig data, long seed, SampleSet samples) throws DataException {
        int datasets = data.datasets().size();
        long all = 0;
        for (int i = 0; i < datasets; i++) {
            all += samples.size(i);
        }
        double[] exact = new double[datasets];
        double wanted = data.evalDatasets().isEmpty() ? data.valSize() : 0;
        double share = wanted < 1 ? wanted : wanted / all;
        for (int i = 0; i < datasets; i++) {
            exact[i] = share * samples.size(i);
        }
        long total = Math.round(share * all);
        if (wanted > 0 && (total == 0 || total > all - datasets)) {
            throw new DataException("val_size: " + data.valSize() + " would hold out " + total + " of " + all
                    + " samples; both parts need at least one");
        }
        long[] counts = Mixture.largestRemainder(exact, total);
        HoldOut[] parts = new HoldOut[datasets];
        for (int i = 0; i < datasets; i++) {
            if (counts[i] >= samples.size(i)) {
                throw new DataException("val_size: " + data.valSize() + " leaves nothing to train on of dataset '"
                        + data.datasets().get(i).name() + "' with " + samples.size(i) + " samples");
            }
            parts[i] = new HoldOut(Rng.mix(seed, SPLIT, i), samples.size(i), counts[i]);
        }
        return parts;
    }

    private static Mixture mixture(DataConfig data, long seed, HoldOut[] holdOuts) {
        long[] sizes = new long[holdOuts.length];
        double[] weights = new double[holdOuts.length];
        for (int i = 0; i < holdOuts.length; i++) {
            sizes[i] = holdOuts[i].trained();
            weights[i] = data.datasets().get(i).weight();
        }
        return new Mixture(Rng.mix(seed, ORDER), sizes, weights, data.samplingTemperature());
    }

    private static SampleOrder order(Mixture mixture, HoldOut[] holdOuts, SampleSet samples) {
        return new SampleOrder() {
            @Override
            public long size() {
                return mixture.size();
            }

            @Override
            public long at(long epoch, long index) {
                Mixture.Draw draw = mixture.at(epoch, index);
                return samples.number(draw.dataset(), holdOuts[draw.dataset()].trainedAt(draw.sample()));
            }
        };
    }

    private static ExecutorService workers(int threads) {
        return Executors.newFixedThreadPool(Math.max(1, threads), task -> {
            Thread created = new Thread(task, "bayling-encode");
            created.setDaemon(true);
            return created;
        });
    }
}
