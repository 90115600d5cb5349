package org.bayling.train;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bayling.config.DataConfig;
import org.bayling.data.ChatSampleEncoder;
import org.bayling.data.SampleEncoder;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatTemplate;
import org.bayling.tokenizer.chat.ChatTemplates;
import org.bayling.tokenizer.chat.Masking;
import org.bayling.tokenizer.chat.TemplateException;
import org.bayling.tokenizer.chat.TrainOnEos;

/** From the configuration's words on templates and masks to the encoder of samples. */
public final class SampleEncoders {
    private SampleEncoders() {}

    /** The encoder that a run trains with. */
    public static SampleEncoder of(DataConfig data, Tokenizer tokenizer) throws IOException {
        Masking masking = new Masking(
                data.trainOnPrompt(),
                data.maskHistory(),
                Set.of("assistant"),
                TrainOnEos.valueOf(data.trainOnEos().name()),
                true);
        Map<String, Object> variables = new LinkedHashMap<>();
        data.dateString().ifPresent(date -> variables.put("date_string", date));
        return new ChatSampleEncoder(tokenizer, template(data, tokenizer), masking, variables);
    }

    /** The template that {@code template} names: the model's own, a file, or a built-in one. */
    public static ChatTemplate template(DataConfig data, Tokenizer tokenizer) throws IOException {
        String name = data.template();
        if (name.equals("model")) {
            return parse(
                    tokenizer.chatTemplate()
                            .orElseThrow(() -> new IOException("template: model, but " + tokenizer.name() + " comes "
                                    + "without a chat template; name a built-in one ("
                                    + String.join(", ", ChatTemplates.NAMES) + ") or a Jinja file")),
                    "the chat template beside " + tokenizer.name());
        }
        if (Files.isRegularFile(Path.of(name))) {
            return templateFile(Path.of(name));
        }
        if (name.equals("alpaca") && data.alpacaStyle() != DataConfig.AlpacaStyle.STANFORD) {
            return ChatTemplates.builtIn("alpaca_" + data.alpacaStyle().name().toLowerCase(Locale.ROOT));
        }
        if (!ChatTemplates.NAMES.contains(name)) {
            throw new IOException("template: '" + name + "' is neither model, nor a file, nor a built-in one ("
                    + String.join(", ", ChatTemplates.NAMES) + ")");
        }
        return ChatTemplates.builtIn(name);
    }

    /**
     * The template in a Jinja file.
     *
     * @throws IOException naming the file when it is no template or not UTF-8
     */
    public static ChatTemplate templateFile(Path file) throws IOException {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException fault) {
            throw new IOException(file + ": is not UTF-8 text", fault);
        }
    }

    private static ChatTemplate parse(String source, String where) throws IOException {
        try {
            return ChatTemplate.parse(source);
        } catch (TemplateException fault) {
            throw new IOException(where + ": " + fault.getMessage(), fault);
        }
    }
}
