package org.bayling.evaluation.scoring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.bayling.data.DataException;
import org.bayling.evaluation.language.LanguageIdentifier;
import org.bayling.evaluation.translation.SegmentCounter;
import org.bayling.evaluation.translation.SegmentTable;
import org.bayling.evaluation.translation.SegmentTooLongException;
import org.bayling.evaluation.translation.TranslationMetric;
import org.bayling.observe.TaskProgress;

/**
 * Scores of systems against the same references. Files are streamed: what is in memory are a few hundred lines for each
 * processor, and each segment's statistics where they are kept. The same result for any number of processors.
 *
 * @param systems outputs, a segment a line; one or more files
 * @param references one or more files
 * @param source what was translated, to find outputs that merely copy it
 * @param metrics what to compute
 * @param language of the outputs, where that is to be checked
 * @param keepSegments whether each segment's statistics are kept, for sentence scores and significance
 */
public record CorpusScoring(
        List<Path> systems,
        List<Path> references,
        Optional<Path> source,
        List<TranslationMetric> metrics,
        Optional<LanguageIdentifier> language,
        boolean keepSegments) {

    public CorpusScoring {
        systems = List.copyOf(systems);
        references = List.copyOf(references);
        metrics = List.copyOf(metrics);
        if (systems.isEmpty() || references.isEmpty()) {
            throw new IllegalArgumentException("at least one system and one reference are needed");
        }
    }

    /**
     * What there is to say about a system.
     *
     * @param file its outputs
     * @param tables for each metric, in order, the statistics
     * @param outputs what is wrong with outputs at first sight
     */
    public record SystemResult(Path file, List<SegmentTable> tables, OutputCounts outputs) {}

    /** The statistics of one batch: for each system and metric rows one after the other. */
    private record Counted(int segments, double[][][] rows, List<OutputCounts> outputs) {}

    /**
     * Reads and counts everything.
     *
     * @param threads how many count at the same time
     * @return one for each system, in order
     * @throws DataException when files do not fit together, are empty or are not UTF-8
     */
    public List<SystemResult> run(int threads, TaskProgress progress) throws IOException {
        List<Path> files = new ArrayList<>(systems);
        files.addAll(references);
        source.ifPresent(files::add);
        Tally tally = new Tally();
        BlockingQueue<Worker> workers = new LinkedBlockingQueue<>();
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker());
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Deque<Future<Counted>> pending = new ArrayDeque<>();
        try (ParallelText text = ParallelText.open(files)) {
            for (Optional<ParallelText.Batch> read = text.next(); read.isPresent(); read = text.next()) {
                ParallelText.Batch batch = read.get();
                pending.add(pool.submit(() -> {
                    Worker worker = workers.take();
                    try {
                        return worker.count(batch);
                    } finally {
                        workers.add(worker);
                    }
                }));
                if (pending.size() > 2 * threads) {
                    tally.add(await(pending.remove()));
                    progress.on("scoring", tally.segments, -1, "segments");
                }
            }
            while (!pending.isEmpty()) {
                tally.add(await(pending.remove()));
            }
            progress.on("scoring", tally.segments, tally.segments, "segments");
        } finally {
            pool.shutdownNow();
        }
        return tally.results();
    }

    private static Counted await(Future<Counted> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException problem) {
                throw problem;
            }
            if (failed.getCause() instanceof Error problem) {
                throw problem;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("scoring was interrupted", interrupted);
        }
    }

    /** Counts batches; one thread's. */
    private final class Worker {
        private final List<SegmentCounter> counters =
                metrics.stream().map(TranslationMetric::counter).toList();

        Counted count(ParallelText.Batch batch) throws DataException {
            double[][][] rows = new double[systems.size()][metrics.size()][];
            List<OutputCheck> checks = new ArrayList<>();
            for (int system = 0; system < systems.size(); system++) {
                checks.add(new OutputCheck(source.isPresent(), language));
                for (int m = 0; m < metrics.size(); m++) {
                    rows[system][m] = new double[batch.size() * metrics.get(m).statistics()];
                }
            }
            for (int segment = 0; segment < batch.size(); segment++) {
                List<String> reference = new ArrayList<>();
                for (int r = 0; r < references.size(); r++) {
                    reference.add(batch.text(systems.size() + r, segment));
                }
                String original = source.isPresent() ? batch.text(systems.size() + references.size(), segment) : "";
                for (int system = 0; system < systems.size(); system++) {
                    String output = batch.text(system, segment);
                    count(output, reference, rows[system], segment, systems.get(system), batch.firstLine() + segment);
                    checks.get(system).look(output, reference, original);
                }
            }
            return new Counted(
                    batch.size(), rows, checks.stream().map(OutputCheck::counts).toList());
        }

        private void count(String output, List<String> reference, double[][] rows, int segment, Path file, long line)
                throws DataException {
            try {
                for (int m = 0; m < metrics.size(); m++) {
                    int offset = segment * metrics.get(m).statistics();
                    counters.get(m).count(output, reference, rows[m], offset);
                }
            } catch (SegmentTooLongException problem) {
                throw new DataException(file + ":" + line + ": " + problem.getMessage(), problem);
            }
        }
    }

    /** Sums up batches, in the order of the text. */
    private final class Tally {
        private final List<List<SegmentTable>> tables = new ArrayList<>();
        private final List<OutputCounts> outputs = new ArrayList<>();
        private long segments;

        Tally() {
            for (Path ignored : systems) {
                outputs.add(new OutputCheck(source.isPresent(), language).counts());
                tables.add(metrics.stream()
                        .map(metric -> new SegmentTable(metric.statistics(), keepSegments))
                        .toList());
            }
        }

        void add(Counted batch) {
            for (int system = 0; system < systems.size(); system++) {
                for (int m = 0; m < metrics.size(); m++) {
                    tables.get(system).get(m).add(batch.rows[system][m], batch.segments);
                }
                outputs.set(system, outputs.get(system).plus(batch.outputs.get(system)));
            }
            segments += batch.segments;
        }

        List<SystemResult> results() {
            List<SystemResult> results = new ArrayList<>();
            for (int system = 0; system < systems.size(); system++) {
                results.add(new SystemResult(systems.get(system), tables.get(system), outputs.get(system)));
            }
            return results;
        }
    }
}
