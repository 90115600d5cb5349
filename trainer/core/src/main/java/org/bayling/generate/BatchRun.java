package org.bayling.generate;

import ai.djl.ndarray.NDArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.bayling.generate.BatchGenerator.Searches;
import org.bayling.tensor.TensorScope;

/**
 * Requests that run through one cache: as many at a time as it has room for.
 *
 * <p>A request has {@code rows} slots that follow each other, so the scores of its rows do, too.
 */
final class BatchRun {
    private static final double NANOSECOND = 1e-9;

    private final Decoder decoder;
    private final KvCache cache;
    private final int rows;
    private final List<GenerationRequest> requests;
    private final Searches searches;
    private final TokenRules rules;
    private final FinishedListener listener;
    private final BatchProgress progress;
    private final List<Running> running = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /** A request under way; when it was taken up, and when its first token was chosen. */
    private record Running(int index, int firstSlot, Search search, int reused, long start, long first) {}

    BatchRun(
            Decoder decoder,
            KvCache cache,
            int rows,
            List<GenerationRequest> requests,
            Searches searches,
            TokenRules rules,
            FinishedListener listener,
            BatchProgress progress) {
        this.decoder = decoder;
        this.cache = cache;
        this.rows = rows;
        this.requests = requests;
        this.searches = searches;
        this.rules = rules;
        this.listener = listener;
        this.progress = progress;
        for (int slot = 0; slot < cache.slots(); slot += rows) {
            free.add(slot);
        }
    }

    /** Answers the requests of these indices, in this order. */
    void run(List<Integer> indices) {
        Deque<Integer> waiting = new ArrayDeque<>(indices);
        while (!waiting.isEmpty() || !running.isEmpty()) {
            if (!waiting.isEmpty() && !free.isEmpty()) {
                admit(waiting);
            }
            if (!running.isEmpty()) {
                step();
            }
        }
    }

    // ---------------------------------------------------------------- beginning

    /** Takes up waiting requests while there is room: computes their prompts and chooses their first tokens. */
    private void admit(Deque<Integer> waiting) {
        long start = System.nanoTime();
        List<Running> begun = new ArrayList<>();
        try (TensorScope scope = decoder.kernels().scope()) {
            PromptBatch prompts = new PromptBatch(decoder, cache, scope);
            while (!waiting.isEmpty() && !free.isEmpty()) {
                int index = waiting.remove();
                int slot = free.remove();
                GenerationRequest request = requests.get(index);
                int reused = prompts.add(slot, request.prompt());
                begun.add(new Running(index, slot, searches.of(index, request), reused, start, 0));
            }
            NDArray logits = prompts.logits();
            for (Running request : begun) {
                spread(request.firstSlot());
            }
            int[] repeated = IntStream.range(0, begun.size() * rows).map(row -> row / rows).toArray();
            Scores scores = new Scores(decoder.kernels(), scope, logits);
            advance(rows == 1 ? scores : scores.rows(repeated), begun);
        }
        long first = System.nanoTime();
        begun.forEach(request -> running.add(new Running(
                request.index(), request.firstSlot(), request.search(), request.reused(), start, first)));
        running.sort(Comparator.comparing(Running::firstSlot));
        collect();
    }

    /** Gives the other rows of a request the prompt of its first. */
    private void spread(int firstSlot) {
        int[] targets = IntStream.range(firstSlot + 1, firstSlot + rows).toArray();
        int[] sources = new int[targets.length];
        Arrays.fill(sources, firstSlot);
        cache.copy(sources, targets, 0, cache.length(firstSlot));
    }

    // ---------------------------------------------------------------- going on

    private void step() {
        List<Integer> slots = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (Running request : running) {
            for (int row : request.search().openRows()) {
                slots.add(request.firstSlot() + row);
                ids.add(request.search().lastId(row));
            }
        }
        try (TensorScope scope = decoder.kernels().scope()) {
            NDArray logits = decoder.step(scope, cache, array(slots), array(ids));
            advance(new Scores(decoder.kernels(), scope, logits), running);
        }
        collect();
        progress.on(running.stream().mapToLong(request -> request.search().newTokens()).sum());
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private void advance(Scores scores, List<Running> requests) {
        List<IndependentAnswers> answers = new ArrayList<>();
        List<BeamSearch> beams = new ArrayList<>();
        for (Running request : requests) {
            if (request.search() instanceof BeamSearch beam) {
                beams.add(beam);
            } else if (request.search() instanceof IndependentAnswers answer) {
                answers.add(answer);
            }
        }
        if (beams.isEmpty()) {
            IndependentAnswers.advance(scores, rules, answers);
            return;
        }
        BeamSearch.advance(scores, rules, beams);
        for (Running request : requests) {
            if (!request.search().ended()) {
                follow(request);
            }
        }
    }

    /** Lets rows whose beam comes from another row have that one's keys and values; prompts are the same anyway. */
    private void follow(Running request) {
        int[] parents = request.search().parents();
        int[] moved = IntStream.range(0, rows).filter(row -> parents[row] != row).toArray();
        int[] sources = IntStream.of(moved).map(row -> request.firstSlot() + parents[row]).toArray();
        int[] targets = IntStream.of(moved).map(row -> request.firstSlot() + row).toArray();
        int prompt = requests.get(request.index()).prompt().length;
        cache.copy(sources, targets, prompt, cache.length(request.firstSlot()));
    }

    private void collect() {
        List<Running> ended =
                running.stream().filter(request -> request.search().ended()).toList();
        running.removeAll(ended);
        for (Running request : ended) {
            Search.Timing timing = new Search.Timing(
                    request.reused(),
                    (request.first() - request.start()) * NANOSECOND,
                    (System.nanoTime() - request.first()) * NANOSECOND);
            free.add(request.firstSlot());
            progress.ended(request.search().newTokens());
            listener.onFinished(request.index(), request.search().results(timing));
        }
    }
}
