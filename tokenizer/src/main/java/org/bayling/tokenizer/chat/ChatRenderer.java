package org.bayling.tokenizer.chat;

import org.bayling.tokenizer.Tokenizer;

/** Conversations to token ids, for training, evaluation and chat alike. */
public final class ChatRenderer {
    public ChatRenderer(Tokenizer tokenizer, ChatTemplate template) {}

    /** Ids of a whole conversation and which of them are trained. */
    public RenderedChat render(Chat chat, Masking masking) {
        throw new UnsupportedOperationException();
    }

    /** Ids of a conversation up to where the next answer starts. */
    public int[] prompt(Chat chat) {
        throw new UnsupportedOperationException();
    }
}
