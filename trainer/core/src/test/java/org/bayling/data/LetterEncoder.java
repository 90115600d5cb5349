package org.bayling.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A tokenizer and template of which everything can be checked by eye: every code point is a token of id 10 + code
 * point, before each message stands a token for its role, behind it the stop token. Assistants' texts with their stop
 * tokens are trained.
 */
final class LetterEncoder implements SampleEncoder {
    static final int STOP = 9;

    private final String fingerprint;

    LetterEncoder() {
        this("letters");
    }

    LetterEncoder(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public EncodedSample encode(Sample sample) throws BadRowException {
        List<Integer> ids = new ArrayList<>();
        List<Boolean> trained = new ArrayList<>();
        for (Sample.Turn turn : sample.turns()) {
            if (turn.content().contains("refuse me")) {
                throw new BadRowException(BadRow.Reason.NOT_RENDERED, "Conversation roles must alternate");
            }
            boolean train = turn.train().orElse(turn.role().equals("assistant"));
            ids.add(List.of("system", "user", "assistant", "tool").indexOf(turn.role()));
            trained.add(false);
            turn.content().codePoints().forEach(c -> {
                ids.add(10 + c);
                trained.add(train);
            });
            ids.add(STOP);
            trained.add(train);
        }
        boolean[] flags = new boolean[trained.size()];
        for (int t = 0; t < flags.length; t++) {
            flags[t] = trained.get(t);
        }
        return new EncodedSample(ids.stream().mapToInt(id -> id).toArray(), flags);
    }

    @Override
    public int trainedBytes(EncodedSample sample) {
        int bytes = 0;
        for (int t = 1; t < sample.length(); t++) {
            if (sample.trained()[t] && sample.ids()[t] >= 10) {
                bytes += Character.toString(sample.ids()[t] - 10).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return bytes;
    }

    /** The text of a batch's document, roles and stop tokens as in {@code <user>hi|}. */
    static String text(Batch batch, int document) {
        StringBuilder text = new StringBuilder();
        for (int t = batch.starts()[document]; t < batch.starts()[document + 1]; t++) {
            int id = batch.tokens()[t];
            if (id >= 10) {
                text.appendCodePoint(id - 10);
            } else {
                text.append(id == STOP ? "|" : List.of("<system>", "<user>", "<assistant>", "<tool>").get(id));
            }
        }
        return text.toString();
    }
}
