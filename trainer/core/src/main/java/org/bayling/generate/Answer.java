package org.bayling.generate;

import java.util.List;
import java.util.Optional;
import org.bayling.tokenizer.TextStream;
import org.bayling.tokenizer.Tokenizer;

/** One answer while it grows: chosen tokens, their text, and whether it has ended. */
final class Answer {
    private final TokenHistory history;
    private final Sampler sampler;
    private final StopRule stop;
    private final int maxNewTokens;
    private final Optional<Tokenizer> tokenizer;
    private final Optional<TextStream> stream;
    private final StopStringScan scan;
    private final StringBuilder text = new StringBuilder();
    private Optional<StopReason> ended = Optional.empty();

    /** @param seed of this answer's draws */
    Answer(int[] prompt, GenerationSettings settings, long seed, StopRule stop, Optional<Tokenizer> tokenizer) {
        this.history = new TokenHistory(prompt);
        this.sampler = new Sampler(settings.sampling().withSeed(seed));
        this.stop = stop;
        this.maxNewTokens = settings.maxNewTokens();
        this.tokenizer = tokenizer;
        this.stream = tokenizer.map(known -> known.stream(true));
        this.scan = new StopStringScan(settings.stopStrings());
    }

    /**
     * Chooses the next token of several answers from scores, one a row.
     *
     * @throws ArithmeticException when a score is NaN
     */
    static int[] choose(Scores scores, TokenRules rules, List<Answer> answers) {
        rules.apply(scores, answers.stream().map(Answer::history).toList());
        if (answers.stream().noneMatch(answer -> answer.sampler.draws())) {
            return scores.best();
        }
        int[] ids = new int[answers.size()];
        for (int row = 0; row < ids.length; row++) {
            Answer answer = answers.get(row);
            ids[row] = answer.sampler.choose(scores.row(row), answer.history.length());
        }
        return ids;
    }

    /** Takes the next token; the answer may have ended then. */
    void take(int id, boolean cacheFull, TokenListener listener) {
        history.add(id);
        boolean stopToken = stop.stops(id);
        String piece = stopToken ? "" : show(id);
        if (scan.found()) {
            ended = Optional.of(StopReason.STOP_STRING);
        } else if (stopToken) {
            ended = Optional.of(StopReason.STOP_TOKEN);
        } else if (history.newTokens() == maxNewTokens) {
            ended = Optional.of(StopReason.MAX_NEW_TOKENS);
        } else if (cacheFull) {
            ended = Optional.of(StopReason.CONTEXT_FULL);
        }
        if (ended.isPresent()) {
            piece += rest();
            ended = scan.found() ? Optional.of(StopReason.STOP_STRING) : ended;
        }
        text.append(piece);
        boolean goOn = listener.onToken(id, piece);
        if (!goOn && ended.isEmpty()) {
            text.append(rest());
            ended = Optional.of(StopReason.CANCELLED);
        }
    }

    boolean ended() {
        return ended.isPresent();
    }

    /** Prompt and answer so far. */
    TokenHistory history() {
        return history;
    }

    GenerationResult result(int reusedTokens, double prefillSeconds, double decodeSeconds) {
        return new GenerationResult(
                history.answer(),
                text.toString(),
                ended.orElseThrow(),
                history.promptTokens(),
                reusedTokens,
                prefillSeconds,
                decodeSeconds);
    }

    /** Rows of a vocabulary that was padded stand for no token and have no text. */
    private String show(int id) {
        return stream.filter(open -> tokenizer.orElseThrow().token(id).isPresent())
                .map(open -> scan.push(open.push(id)))
                .orElse("");
    }

    private String rest() {
        return scan.found() ? "" : stream.map(open -> scan.push(open.finish())).orElse("") + scan.finish();
    }
}
