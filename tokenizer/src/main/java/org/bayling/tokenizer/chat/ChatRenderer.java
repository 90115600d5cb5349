package org.bayling.tokenizer.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.bayling.tokenizer.MalformedTextException;
import org.bayling.tokenizer.Tokenizer;

/**
 * Conversations to token ids, for training, evaluation and chat alike.
 *
 * <p>Control tokens come only from what the template itself writes; what messages, tools and variables hold is ordinary
 * text, whatever it spells. The ids equal Hugging Face's for the whole rendered text, except that a token never crosses
 * the start of a trained answer: what is before it is exactly what {@link #prompt} gives, which is what a model sees
 * when it is used. The template writes BOS if there is to be one; it is never added here. Safe for many threads.
 */
public final class ChatRenderer {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;

    /** A renderer; the tokenizer stays the caller's to close. */
    public ChatRenderer(Tokenizer tokenizer, ChatTemplate template) {
        this.tokenizer = tokenizer;
        this.template = template;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    public ChatTemplate template() {
        return template;
    }

    /** What the template prints of a conversation. */
    public RenderedText text(Chat chat, boolean addGenerationPrompt) {
        for (int i = 0; i < chat.messages().size(); i++) {
            String content = chat.messages().get(i).content();
            if (content != null) {
                MalformedTextException.check(content, "messages[" + i + "].content: ");
            }
        }
        return template.render(new ChatInput(
                chat, addGenerationPrompt, tokenizer.bosToken(), tokenizer.eosToken(), ChatInput.dateOf(chat)));
    }

    /**
     * Ids of a conversation up to where the next answer starts.
     *
     * @throws TemplateException      when the template refuses the conversation
     * @throws MalformedTextException when a message holds a lone surrogate
     */
    public int[] prompt(Chat chat) {
        return SegmentEncoder.encode(tokenizer, text(chat, true).text(), new TreeSet<>()).ids();
    }

    /**
     * Ids of a whole conversation and which of them are trained. A trained turn is its own text and its stop token: the
     * first control token, or EOS string, that the template writes behind it. Where the template marks answers with
     * generation blocks, these decide instead.
     *
     * @throws TemplateException      when the template refuses the conversation, or prints nothing of a message that is
     *                                to be trained
     * @throws MalformedTextException when a message holds a lone surrogate
     */
    public RenderedChat render(Chat chat, Masking masking) {
        RenderedText full = text(chat, false);
        TurnFinder finder = new TurnFinder(
                full, chat, tokenizer.controls(), tokenizer.eosToken(), (n, prompt) -> text(chat.first(n), prompt));
        List<TurnFinder.Found> trained = trainedTurns(full, finder, chat, masking);
        List<TurnFinder.Found> others = masking.trainOnEos() == TrainOnEos.ALL
                ? otherTurns(finder, chat, trained)
                : List.of();
        NavigableSet<Integer> cuts = new TreeSet<>();
        for (TurnFinder.Found turn : trained) {
            cuts.add(turn.start());
            cuts.add(turn.end());
            if (!trainsStop(turn, trained, masking.trainOnEos())) {
                cuts.add(turn.stopStart());
            }
        }
        for (TurnFinder.Found turn : others) {
            cuts.add(turn.stopStart());
            cuts.add(turn.end());
        }
        SegmentEncoder.Encoded encoded = SegmentEncoder.encode(tokenizer, full.text(), cuts);
        return masked(encoded, trained, others, masking);
    }

    private List<TurnFinder.Found> trainedTurns(RenderedText full, TurnFinder finder, Chat chat, Masking masking) {
        boolean[] wanted = wanted(chat, masking);
        List<TurnFinder.Found> turns = new ArrayList<>();
        if (!full.generations().isEmpty()) {
            finder.generations().stream().filter(turn -> wanted[turn.message()]).forEach(turns::add);
            return turns;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                int message = i;
                turns.add(finder.turn(i).orElseThrow(() -> new TemplateException(
                        "the chat template prints nothing of messages[" + message + "] (role "
                                + chat.messages().get(message).role() + "), so there is nothing to train",
                        0)));
            }
        }
        return turns;
    }

    private static boolean[] wanted(Chat chat, Masking masking) {
        boolean[] wanted = new boolean[chat.messages().size()];
        boolean later = false;
        for (int i = wanted.length - 1; i >= 0; i--) {
            Message message = chat.messages().get(i);
            wanted[i] = message.train().orElse(masking.rolesToTrain().contains(message.role()));
            wanted[i] &= !(masking.maskHistory() && later);
            later |= wanted[i];
        }
        return wanted;
    }

    private static List<TurnFinder.Found> otherTurns(TurnFinder finder, Chat chat, List<TurnFinder.Found> trained) {
        List<TurnFinder.Found> others = new ArrayList<>();
        for (int i = 0; i < chat.messages().size(); i++) {
            int message = i;
            if (trained.stream().noneMatch(turn -> turn.message() == message)) {
                finder.turn(i).filter(TurnFinder.Found::hasStop).ifPresent(others::add);
            }
        }
        return others;
    }

    private static boolean trainsStop(TurnFinder.Found turn, List<TurnFinder.Found> trained, TrainOnEos which) {
        return switch (which) {
            case TURN, ALL -> true;
            case LAST -> turn == trained.get(trained.size() - 1);
            case NONE -> false;
        };
    }

    private static RenderedChat masked(
            SegmentEncoder.Encoded encoded,
            List<TurnFinder.Found> trained,
            List<TurnFinder.Found> others,
            Masking masking) {
        int size = encoded.ids().length;
        boolean[] mask = new boolean[size];
        Arrays.fill(mask, masking.trainOnPrompt());
        List<RenderedChat.Turn> turns = new ArrayList<>();
        int keep = 0;
        for (TurnFinder.Found turn : trained) {
            boolean stops = trainsStop(turn, trained, masking.trainOnEos());
            int first = firstAt(encoded, turn.start());
            int end = firstAt(encoded, turn.end());
            int stop = turn.hasStop() ? firstAt(encoded, turn.stopStart()) : -1;
            for (int i = first; i < end; i++) {
                mask[i] |= stops || encoded.starts()[i] < turn.stopStart();
            }
            turns.add(new RenderedChat.Turn(turn.message(), first, end, stop < end ? stop : -1));
            keep = Math.max(keep, end);
        }
        for (TurnFinder.Found turn : others) {
            int end = firstAt(encoded, turn.end());
            Arrays.fill(mask, firstAt(encoded, turn.stopStart()), end, true);
            keep = Math.max(keep, end);
        }
        boolean trim = masking.trimAfterLastStop() && !turns.isEmpty();
        int length = trim ? keep : size;
        return new RenderedChat(
                Arrays.copyOf(encoded.ids(), length), Arrays.copyOf(mask, length), List.copyOf(turns));
    }

    /** Index of the first token whose piece starts at or behind a place. */
    private static int firstAt(SegmentEncoder.Encoded encoded, int place) {
        int low = 0;
        int high = encoded.starts().length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (encoded.starts()[middle] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
