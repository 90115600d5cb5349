package org.bayling.generate;

import java.util.ArrayList;
import java.util.List;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.Masking;
import org.bayling.tokenizer.chat.Message;
import org.bayling.tokenizer.chat.RenderedChat;

/**
 * A conversation: keeps its messages, renders them as training does, and computes only what is new in each turn.
 *
 * <p>An answer ends at the token that the template itself writes behind an assistant's turn, too. Confined to the
 * generator's thread; closing it frees the cache and leaves generator and renderer alone.
 */
public final class ChatSession implements AutoCloseable {
    private final Generator generator;
    private final ChatRenderer renderer;
    private final KvCache cache;
    private final Chat start;
    private final List<Message> messages;
    private final StopRule stop;
    private GenerationSettings settings;

    /**
     * A conversation.
     *
     * @param start messages to begin with (a system message, or an earlier conversation), tools and variables
     * @param stop tokens that end an answer, usually {@link StopRule#of(org.bayling.checkpoint.ModelFiles,
     *     org.bayling.tokenizer.Tokenizer)}
     */
    public ChatSession(
            Generator generator, ChatRenderer renderer, Chat start, GenerationSettings settings, StopRule stop) {
        this.generator = generator;
        this.renderer = renderer;
        this.cache = generator.newCache();
        this.start = start;
        this.messages = new ArrayList<>(start.messages());
        this.settings = settings;
        this.stop = stop;
    }

    /** The messages so far. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Other settings from the next answer on. */
    public void settings(GenerationSettings next) {
        settings = next;
    }

    /** Forgets all messages behind the first {@code count}: to ask again, or to begin anew. */
    public void truncate(int count) {
        if (count < 0 || count > messages.size()) {
            throw new IllegalArgumentException(
                    "a conversation of " + messages.size() + " messages can't be cut to " + count);
        }
        messages.subList(count, messages.size()).clear();
    }

    /**
     * Says something and gets the answer; both become part of the conversation. When there is no answer, because
     * rendering or the model fails, the conversation is as before.
     *
     * @throws org.bayling.tokenizer.chat.TemplateException when the template refuses the conversation
     * @throws org.bayling.tokenizer.MalformedTextException when the text holds a lone surrogate
     * @throws CacheFullException when the conversation has become too long
     */
    public GenerationResult say(String text, TokenListener listener) {
        List<Message> asked = new ArrayList<>(messages);
        asked.add(Message.user(text));
        int[] prompt = renderer.prompt(chat(asked));
        GenerationResult result = generator.generate(cache, prompt, settings, stopFor(asked), listener);
        messages.add(Message.user(text));
        messages.add(Message.assistant(result.text()));
        return result;
    }

    private StopRule stopFor(List<Message> asked) {
        List<Message> answered = new ArrayList<>(asked);
        answered.add(Message.assistant("."));
        RenderedChat rendered = renderer.render(chat(answered), Masking.assistantOnly());
        return rendered.turns().stream()
                .reduce((earlier, last) -> last)
                .filter(turn -> turn.stop() >= 0)
                .map(turn -> stop.with(rendered.ids()[turn.stop()]))
                .orElse(stop);
    }

    private Chat chat(List<Message> all) {
        return new Chat(all, start.tools(), start.variables());
    }

    @Override
    public void close() {
        cache.close();
    }
}
