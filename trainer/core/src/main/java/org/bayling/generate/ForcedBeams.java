package org.bayling.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bayling.generate.BeamSearch.Beam;
import org.bayling.generate.BeamSearch.Continuation;

/**
 * Chooses continuations of beams that must hold words, by dynamic beam allocation (Post and Vilar 2018): to the
 * likeliest tokens come, for each beam, those that bring its words forward; and the places go in turn to beams that
 * have more and fewer tokens of their words, so that neither can push the others out.
 *
 * <p>A token is never taken if the words that are missing then would not fit into what is left of
 * {@code max_new_tokens}, and none that ends the answer while a word is missing: every answer holds all words.
 */
record ForcedBeams(int maxNewTokens, int numBeams, StopRule stop) {
    /** Log-probability at least of a token that a word needs. */
    private static final float UNLIKELY = -100;

    private static final Comparator<Continuation> LIKELIEST =
            Comparator.comparing((Continuation continuation) -> continuation.beam().sum()).reversed();

    /**
     * Continuations in the order of preference: as many that go on as there are places, behind all that end.
     *
     * @param scores log-probabilities
     * @param firstRow of this search
     */
    List<Continuation> continuations(Scores scores, int firstRow, Beam[] running) {
        List<Continuation> ending = new ArrayList<>();
        Map<Integer, PriorityQueue<Continuation>> banks = new TreeMap<>(); // by what is missing, least first
        for (int row = 0; row < running.length; row++) {
            Beam beam = running[row];
            if (beam.sum() <= -1e9f) {
                continue; // stands in for a beam
            }
            float[] own = scores.row(firstRow + row);
            for (int id : tokens(own, beam)) {
                Beam longer = new Beam(beam.tokens().with(id), beam.sum() + own[id], beam.words().with(id));
                if (!possible(longer, id)) {
                    continue;
                }
                Continuation continuation = new Continuation(row, longer);
                if (stop.stops(id) || longer.tokens().newTokens() == maxNewTokens) {
                    ending.add(continuation);
                } else {
                    banks.computeIfAbsent(longer.words().missing(), missing -> new PriorityQueue<>(LIKELIEST))
                            .add(continuation);
                }
            }
        }
        ending.sort(LIKELIEST);
        ending.addAll(inTurn(banks));
        return ending;
    }

    private boolean possible(Beam beam, int id) {
        int missing = beam.words().missing();
        return missing <= maxNewTokens - beam.tokens().newTokens() && (missing == 0 || !stop.stops(id));
    }

    /** The likeliest tokens of a beam, those that bring its words forward among them. */
    private int[] tokens(float[] scores, Beam beam) {
        Comparator<Integer> likely = Comparator.comparing((Integer id) -> scores[id]);
        PriorityQueue<Integer> best = new PriorityQueue<>(likely);
        for (int id = 0; id < scores.length; id++) {
            if (Float.isNaN(scores[id])) {
                throw Scores.nan(id);
            }
            if (best.size() < 2 * numBeams) {
                best.add(id);
            } else if (scores[id] > scores[best.peek()]) {
                best.poll();
                best.add(id);
            }
        }
        TreeSet<Integer> all = new TreeSet<>(best);
        for (int id : beam.words().next()) {
            scores[id] = Math.max(scores[id], UNLIKELY); // also where an n-gram would occur again
            all.add(id);
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Continuation> inTurn(Map<Integer, PriorityQueue<Continuation>> banks) {
        List<Continuation> chosen = new ArrayList<>();
        Map<Integer, PriorityQueue<Continuation>> filled = new LinkedHashMap<>(banks);
        while (!filled.isEmpty() && chosen.size() < numBeams) {
            filled.values().removeIf(bank -> {
                if (chosen.size() < numBeams) {
                    chosen.add(bank.poll());
                }
                return bank.isEmpty();
            });
        }
        return chosen;
    }
}
