package org.bayling.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bayling.generate.BeamSettings.EarlyStopping;
import org.bayling.generate.Scores.Candidate;

/**
 * Beam search as transformers' {@code _beam_search} does it, its sums in fp32 too. Of the likeliest continuations of
 * all beams those that end an answer are set aside, if they are among the first {@code num_beams}, and the best others
 * go on. A beam keeps its row where it can, so that little of the cache has to be copied.
 *
 * <p>With words that an answer must hold, the continuations are chosen by {@link ForcedBeams} instead.
 */
final class BeamSearch implements Search {
    private static final float NEVER = -1e9f;

    private final GenerationSettings settings;
    private final BeamSettings beams;
    private final StopRule stop;
    private final AnswerText text;
    private final ForcedBeams forced;
    private final Beam[] running;
    private final List<Finished> finished = new ArrayList<>();
    private int[] parents;
    private boolean ended;

    /**
     * A beam under way.
     *
     * @param sum of its tokens' log-probabilities
     * @param words what it has of the words that it must hold
     */
    record Beam(TokenHistory tokens, float sum, ForcedWords words) {}

    /** A beam that ended, with its length taken into account. */
    private record Finished(TokenHistory tokens, float score, StopReason reason) {}

    /** What becomes of a beam with its next token. */
    record Continuation(int parent, Beam beam) {}

    BeamSearch(GenerationRequest request, GenerationSettings settings, StopRule stop, AnswerText text) {
        this.settings = settings;
        this.beams = settings.beams();
        this.stop = stop;
        this.text = text;
        this.forced = new ForcedBeams(settings.maxNewTokens(), beams.numBeams(), stop);
        ForcedWords words = new ForcedWords(request.forceWordsIds());
        this.running = new Beam[beams.numBeams()];
        Arrays.fill(running, new Beam(new TokenHistory(request.prompt()), NEVER, words));
        running[0] = new Beam(running[0].tokens(), 0, words); // all begin alike: only one counts
        this.parents = IntStream.range(0, running.length).toArray();
    }

    /**
     * Takes every search one token further.
     *
     * @param logits {@code num_beams} rows for each search
     */
    static void advance(Scores logits, TokenRules rules, List<BeamSearch> searches) {
        Scores scores = logits.logProbabilities();
        List<Beam> all =
                searches.stream().flatMap(search -> Arrays.stream(search.running)).toList();
        rules.apply(scores, all.stream().map(Beam::tokens).toList());
        float[] sums = new float[all.size()];
        IntStream.range(0, sums.length).forEach(row -> sums[row] = all.get(row).sum());
        int beams = searches.get(0).running.length;
        int kept = Math.min(
                Math.max(2, 1 + searches.get(0).stop.tokens().size()) * beams, beams * scores.vocabulary());
        Candidate[][] best = scores.bestBeams(sums, beams, kept);
        for (int s = 0; s < best.length; s++) {
            BeamSearch search = searches.get(s);
            if (search.running[0].words().none()) {
                search.take(search.continuations(best[s]), beams);
            } else {
                search.take(search.forced.continuations(scores, s * beams, search.running), Integer.MAX_VALUE);
            }
        }
    }

    private List<Continuation> continuations(Candidate[] best) {
        return Arrays.stream(best)
                .map(candidate -> {
                    Beam parent = running[candidate.beam()];
                    TokenHistory tokens = parent.tokens().with(candidate.id());
                    return new Continuation(
                            candidate.beam(), new Beam(tokens, candidate.sum(), parent.words()));
                })
                .toList();
    }

    /**
     * Takes continuations.
     *
     * @param best in the order of preference
     * @param first only so many of them may be set aside as ended
     */
    private void take(List<Continuation> best, int first) {
        List<Continuation> open = new ArrayList<>();
        for (int rank = 0; rank < best.size(); rank++) {
            TokenHistory tokens = best.get(rank).beam().tokens();
            StopReason reason = ends(tokens);
            if (reason == null) {
                open.add(best.get(rank));
            } else if (rank < first) {
                float length = (float) Math.pow(tokens.newTokens(), beams.lengthPenalty());
                finished.add(new Finished(tokens, best.get(rank).beam().sum() / length, reason));
            }
        }
        finished.sort(Comparator.comparing(Finished::score).reversed()); // stable: of equal ones the earlier
        while (finished.size() > running.length) {
            finished.remove(finished.size() - 1);
        }
        ended = open.isEmpty();
        if (!ended) {
            goOn(open);
            ended = finished.size() == running.length
                    && (beams.earlyStopping() == EarlyStopping.TRUE || !improvementPossible());
        }
    }

    private StopReason ends(TokenHistory tokens) {
        if (stop.stops(tokens.last())) {
            return StopReason.STOP_TOKEN;
        }
        if (!settings.stopStrings().isEmpty() && text.of(tokens.answer(), settings.stopStrings()).stopped()) {
            return StopReason.STOP_STRING;
        }
        return tokens.newTokens() == settings.maxNewTokens() ? StopReason.MAX_NEW_TOKENS : null;
    }

    /** Whether the best running beam could still beat the worst finished one. */
    private boolean improvementPossible() {
        boolean atMost = beams.earlyStopping() == EarlyStopping.NEVER && beams.lengthPenalty() > 0;
        int length = atMost ? settings.maxNewTokens() : running[0].tokens().newTokens();
        float best = NEVER;
        for (Beam beam : running) {
            best = Math.max(best, beam.sum());
        }
        return best / (float) Math.pow(length, beams.lengthPenalty())
                > finished.get(finished.size() - 1).score();
    }

    /** Gives the best continuations rows: a row's first child stays in it, the others take rows without children. */
    private void goOn(List<Continuation> open) {
        int rows = running.length;
        List<Continuation> chosen = new ArrayList<>(open.subList(0, Math.min(rows, open.size())));
        while (chosen.size() < rows) { // only when words leave no choice
            Continuation last = chosen.get(chosen.size() - 1);
            chosen.add(new Continuation(
                    last.parent(), new Beam(last.beam().tokens(), NEVER, last.beam().words())));
        }
        Continuation[] placed = new Continuation[rows];
        List<Continuation> moving = new ArrayList<>();
        for (Continuation child : chosen) {
            if (placed[child.parent()] == null) {
                placed[child.parent()] = child;
            } else {
                moving.add(child);
            }
        }
        int next = 0;
        for (int row = 0; row < rows; row++) {
            placed[row] = placed[row] == null ? moving.get(next++) : placed[row];
            running[row] = placed[row].beam();
        }
        parents = Arrays.stream(placed).mapToInt(Continuation::parent).toArray();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public int[] openRows() {
        return ended ? new int[0] : IntStream.range(0, running.length).toArray();
    }

    @Override
    public int lastId(int row) {
        return running[row].tokens().last();
    }

    @Override
    public int[] parents() {
        return parents;
    }

    @Override
    public long newTokens() {
        return running[0].tokens().newTokens();
    }

    @Override
    public List<GenerationResult> results(Timing timing) {
        return finished.stream()
                .limit(settings.numReturnSequences())
                .map(beam -> new GenerationResult(
                        beam.tokens().answer(),
                        text.of(beam.tokens().answer(), settings.stopStrings()).text(),
                        beam.reason(),
                        beam.tokens().promptTokens(),
                        timing.reusedTokens(),
                        timing.prefillSeconds(),
                        timing.decodeSeconds()))
                .toList();
    }
}
