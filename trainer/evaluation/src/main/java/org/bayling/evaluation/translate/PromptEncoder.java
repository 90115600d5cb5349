package org.bayling.evaluation.translate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bayling.data.DataException;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.Message;

/** Requests for translations as ids. What sentences spell never becomes a control token. */
final class PromptEncoder {
    private static final String EXAMPLE_END = "\n\n";

    private final TranslationPrompt prompt;
    private final Tokenizer tokenizer;
    private final Optional<ChatRenderer> renderer;
    private final int maxLength;
    private final int maxNewTokens;

    /**
     * @param maxNewTokens of an answer; a text that is continued loses its beginning where both do not fit
     * @throws DataException when the prompt is for chat and the model has no chat template
     */
    PromptEncoder(TranslationPrompt prompt, TranslatingModel model, int maxNewTokens) throws IOException {
        this.prompt = prompt;
        this.tokenizer = model.tokenizer();
        this.renderer = prompt.chat() ? Optional.of(model.renderer()) : Optional.empty();
        this.maxLength = model.maxLength();
        this.maxNewTokens = maxNewTokens;
        if (renderer.isEmpty() && maxNewTokens >= maxLength) {
            throw new DataException("max_new_tokens is " + maxNewTokens + ", but the model reads " + maxLength
                    + " tokens with the prompt; ask for fewer");
        }
    }

    /**
     * The prompt of a segment.
     *
     * @param examples answered ones in front of it
     */
    int[] encode(NamedLanguage source, NamedLanguage target, Segment segment, List<Segment> examples)
            throws DataException {
        if (renderer.isEmpty()) {
            return continued(source, target, segment, examples);
        }
        List<Message> messages = new ArrayList<>();
        for (Segment example : examples) {
            messages.add(Message.user(prompt.of(source, target, example.source())));
            messages.add(Message.assistant(example.references().get(0)));
        }
        messages.add(Message.user(prompt.of(source, target, segment.source())));
        int[] ids = renderer.get().prompt(new Chat(messages));
        if (ids.length + maxNewTokens > maxLength) {
            throw new DataException(segment.place() + ": the prompt has " + ids.length
                    + " tokens and max_new_tokens is " + maxNewTokens
                    + ", but the model reads " + maxLength + "; ask for fewer new tokens"
                    + (examples.isEmpty() ? "" : ", or give fewer examples"));
        }
        return ids;
    }

    private int[] continued(NamedLanguage source, NamedLanguage target, Segment segment, List<Segment> examples) {
        StringBuilder text = new StringBuilder();
        for (Segment example : examples) {
            text.append(prompt.of(source, target, example.source()))
                    .append(example.references().get(0))
                    .append(EXAMPLE_END);
        }
        text.append(prompt.of(source, target, segment.source()));
        int[] ordinary = tokenizer.encodeOrdinary(text.toString());
        int[] begin = begin();
        int room = maxLength - maxNewTokens - begin.length;
        int[] kept = Arrays.copyOfRange(ordinary, Math.max(0, ordinary.length - room), ordinary.length);
        int[] ids = Arrays.copyOf(begin, begin.length + kept.length);
        System.arraycopy(kept, 0, ids, begin.length, kept.length);
        return ids;
    }

    /** BOS, where the tokenizer puts it in front of texts. */
    private int[] begin() {
        int[] around = tokenizer.encode("", true);
        boolean begins = around.length > 0
                && tokenizer.bosId().isPresent()
                && around[0] == tokenizer.bosId().getAsInt();
        return begins ? new int[] {around[0]} : new int[0];
    }
}
