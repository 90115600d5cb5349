package org.bayling.generate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.bayling.tokenizer.TextStream;
import org.bayling.tokenizer.Tokenizer;

/** One answer while it grows: chosen tokens, their text, and whether it has ended. */
final class Answer {
    private final int promptTokens;
    private final Sampler sampler;
    private final float repetitionPenalty;
    private final StopRule stop;
    private final int maxNewTokens;
    private final Optional<Tokenizer> tokenizer;
    private final Optional<TextStream> stream;
    private final StopStringScan scan;
    private final BitSet seen = new BitSet();
    private final StringBuilder text = new StringBuilder();
    private int[] ids = new int[32];
    private int size;
    private Optional<StopReason> ended = Optional.empty();

    Answer(int[] prompt, GenerationSettings settings, StopRule stop, Optional<Tokenizer> tokenizer) {
        this.promptTokens = prompt.length;
        this.sampler = new Sampler(settings.sampling());
        this.repetitionPenalty = (float) settings.repetitionPenalty();
        this.stop = stop;
        this.maxNewTokens = settings.maxNewTokens();
        this.tokenizer = tokenizer;
        this.stream = tokenizer.map(known -> known.stream(true));
        this.scan = new StopStringScan(settings.stopStrings());
        for (int id : prompt) {
            seen.set(id);
        }
    }

    /** Chooses the next token from logits; the answer may have ended then. */
    void advance(float[] logits, boolean cacheFull, TokenListener listener) {
        penalise(logits);
        int id = sampler.choose(logits, (long) promptTokens + size);
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
        seen.set(id);

        boolean stopToken = stop.stops(id);
        String piece = stopToken ? "" : show(id);
        if (scan.found()) {
            ended = Optional.of(StopReason.STOP_STRING);
        } else if (stopToken) {
            ended = Optional.of(StopReason.STOP_TOKEN);
        } else if (size == maxNewTokens) {
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

    private void penalise(float[] logits) {
        for (int id = seen.nextSetBit(0); id >= 0 && repetitionPenalty != 1; id = seen.nextSetBit(id + 1)) {
            logits[id] = logits[id] < 0 ? logits[id] * repetitionPenalty : logits[id] / repetitionPenalty;
        }
    }

    boolean ended() {
        return ended.isPresent();
    }

    int lastId() {
        return ids[size - 1];
    }

    GenerationResult result(int reusedTokens, double prefillSeconds, double decodeSeconds) {
        return new GenerationResult(
                Arrays.copyOf(ids, size),
                text.toString(),
                ended.orElseThrow(),
                promptTokens,
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
