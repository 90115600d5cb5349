package org.bayling.evaluation.likelihood;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.bayling.data.DataException;
import org.bayling.evaluation.translation.PythonSpace;
import org.bayling.tokenizer.Tokenizer;

/**
 * Texts as ids, by the rules of lm-evaluation-harness: white space at a context's end goes to the continuation, both
 * are encoded together and cut where the context's own ids end.
 */
public final class RequestEncoder {
    private final Tokenizer tokenizer;
    private final int maxLength;
    private final OptionalInt prefix;

    /**
     * An encoder for a model.
     *
     * @param tokenizer stays the caller's
     * @param maxLength tokens that the model can read; longer requests lose their beginning
     */
    public RequestEncoder(Tokenizer tokenizer, int maxLength) {
        this.tokenizer = tokenizer;
        this.maxLength = maxLength;
        this.prefix = tokenizer.bosId().isPresent() ? tokenizer.bosId() : tokenizer.eosId();
    }

    /**
     * Encodes one request.
     *
     * @throws DataException when the continuation has no token, or the context is empty and the tokenizer has neither
     *     BOS nor EOS to stand for it
     */
    public LikelihoodRequest encode(String place, String context, String continuation) throws DataException {
        if (context.isEmpty()) {
            return afterNothing(place, continuation);
        }
        String kept = PythonSpace.stripTrailing(context);
        String moved = context.substring(kept.length()) + continuation;
        int[] whole = ids(kept + moved);
        int[] before = ids(kept);
        if (whole.length <= before.length) {
            throw noToken(place, continuation);
        }
        if (before.length == 0) {
            return afterNothing(place, moved);
        }
        int[] after = Arrays.copyOfRange(whole, before.length, whole.length);
        return LikelihoodRequest.of(before, after, maxLength);
    }

    private LikelihoodRequest afterNothing(String place, String continuation) throws DataException {
        int[] ids = tokenizer.encode(continuation, false);
        if (ids.length == 0) {
            throw noToken(place, continuation);
        }
        int first = beginning(place, "has an empty context");
        if (ids[0] != first) {
            return LikelihoodRequest.of(new int[] {first}, ids, maxLength);
        }
        if (ids.length == 1) {
            throw noToken(place, continuation);
        }
        return LikelihoodRequest.of(new int[] {first}, Arrays.copyOfRange(ids, 1, ids.length), maxLength);
    }

    /**
     * Cuts a whole document into windows; each of its tokens, with those that the tokenizer adds by itself, is a target
     * of one.
     *
     * @throws DataException when the document has no token, or the tokenizer has neither BOS nor EOS to begin with
     */
    public List<LikelihoodRequest> windows(String place, String document) throws DataException {
        int[] ids = ids(document);
        if (ids.length == 0) {
            throw new DataException(place + ": the text gives no token");
        }
        return RollingWindows.of(ids, beginning(place, "needs a token in front of the text"), maxLength);
    }

    private int beginning(String place, String need) throws DataException {
        return prefix.orElseThrow(() -> new DataException(place + ": " + need + ", and the tokenizer " + tokenizer.name()
                + " names neither a BOS nor an EOS token"));
    }

    /** With what the tokenizer adds by itself, but BOS not twice. */
    private int[] ids(String text) {
        boolean begun = tokenizer.bosToken().filter(text::startsWith).isPresent();
        return tokenizer.encode(text, !begun);
    }

    private static DataException noToken(String place, String continuation) {
        return new DataException(place + ": the option '" + continuation + "' gives no token of its own");
    }
}
