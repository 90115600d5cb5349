package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bayling.tokenizer.MalformedTextException;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.chat.Masking;
import org.bayling.tokenizer.chat.Message;
import org.bayling.tokenizer.chat.RenderedChat;
import org.bayling.tokenizer.chat.TemplateException;

/**
 * Encodes samples with a chat template: the same renderer that evaluation and chat use.
 *
 * <p>A user message of format alpaca carries the fields {@code instruction} and {@code input} besides its
 * {@code content}, for templates that tell the two apart.
 */
public final class ChatSampleEncoder implements SampleEncoder {
    private final Tokenizer tokenizer;
    private final ChatRenderer renderer;
    private final Masking masking;
    private final Map<String, Object> variables;
    private final String fingerprint;

    /**
     * @param template what {@code tokenizer}'s conversations are written in
     * @param masking which tokens are trained
     * @param variables what the template is given besides the messages, for example {@code date_string}
     */
    public ChatSampleEncoder(
            Tokenizer tokenizer, ChatTemplate template, Masking masking, Map<String, Object> variables) {
        this.tokenizer = tokenizer;
        this.renderer = new ChatRenderer(tokenizer, template);
        this.masking = masking;
        this.variables = new LinkedHashMap<>(variables);
        this.fingerprint = fingerprint(tokenizer, template, masking, variables);
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public EncodedSample encode(Sample sample) throws BadRowException {
        List<Message> messages = new ArrayList<>();
        sample.turns().forEach(turn -> messages.add(message(turn)));
        List<Object> tools = new ArrayList<>();
        sample.tools().ifPresent(list -> list.forEach(tool -> tools.add(plain(tool))));
        try {
            RenderedChat rendered = renderer.render(new Chat(messages, tools, variables), masking);
            return new EncodedSample(rendered.ids(), rendered.trained());
        } catch (TemplateException | MalformedTextException e) {
            throw new BadRowException(BadRow.Reason.NOT_RENDERED, e.getMessage());
        }
    }

    @Override
    public int trainedBytes(EncodedSample sample) {
        int bytes = 0;
        int start = -1;
        for (int t = 1; t <= sample.length(); t++) {
            boolean trained = t < sample.length() && sample.trained()[t];
            if (trained && start < 0) {
                start = t;
            } else if (!trained && start >= 0) {
                String text = tokenizer.decode(Arrays.copyOfRange(sample.ids(), start, t), true);
                bytes += text.getBytes(StandardCharsets.UTF_8).length;
                start = -1;
            }
        }
        return bytes;
    }

    private static Message message(Sample.Turn turn) {
        Map<String, Object> fields = new LinkedHashMap<>();
        turn.toolCalls().ifPresent(calls -> fields.put("tool_calls", plain(calls)));
        turn.input().ifPresent(input -> {
            int instruction = Math.max(0, turn.content().length() - input.length() - 1);
            fields.put("instruction", turn.content().substring(0, instruction));
            fields.put("input", input);
        });
        return new Message(turn.role(), turn.content(), fields, turn.train());
    }

    /** The maps, lists and plain values that templates work on. */
    private static Object plain(JsonNode node) {
        return JsonRows.MAPPER.convertValue(node, Object.class);
    }

    private static String fingerprint(
            Tokenizer tokenizer, ChatTemplate template, Masking masking, Map<String, Object> variables) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        new TreeMap<>(tokenizer.files()).forEach((name, content) -> {
            add(digest, name.getBytes(StandardCharsets.UTF_8));
            add(digest, content);
        });
        String rules = "train_on_prompt=" + masking.trainOnPrompt()
                + " mask_history=" + masking.maskHistory()
                + " roles=" + new TreeSet<>(masking.rolesToTrain())
                + " train_on_eos=" + masking.trainOnEos()
                + " trim=" + masking.trimAfterLastStop()
                + " variables=" + new TreeMap<>(variables);
        add(digest, template.source().getBytes(StandardCharsets.UTF_8));
        add(digest, rules.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
