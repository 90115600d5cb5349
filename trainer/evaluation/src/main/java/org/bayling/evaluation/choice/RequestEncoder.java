package org.bayling.evaluation.choice;

import java.util.Arrays;
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
    EncodedRequest encode(String place, String context, String continuation) throws DataException {
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
        return EncodedRequest.of(before, after, maxLength);
    }

    private EncodedRequest afterNothing(String place, String continuation) throws DataException {
        int[] ids = tokenizer.encode(continuation, false);
        if (ids.length == 0) {
            throw noToken(place, continuation);
        }
        int first = prefix.orElseThrow(() -> new DataException(place + ": has an empty context, and the tokenizer "
                + tokenizer.name() + " names neither a BOS nor an EOS token to begin with"));
        if (ids[0] != first) {
            return EncodedRequest.of(new int[] {first}, ids, maxLength);
        }
        if (ids.length == 1) {
            throw noToken(place, continuation);
        }
        return EncodedRequest.of(new int[] {first}, Arrays.copyOfRange(ids, 1, ids.length), maxLength);
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
