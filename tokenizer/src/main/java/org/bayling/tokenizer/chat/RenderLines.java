package org.bayling.tokenizer.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Renders conversations given one a line, {@code {"messages": [...], "add_generation_prompt": true, "date_string": "26
 * Jul 2024", "tools": [...]}}, to {@code {"text": ...}} or, where the template refuses, {@code {"error": ...}}. Further
 * keys are variables of the template.
 */
public final class RenderLines {
    private final ChatTemplate template;
    private final Optional<String> bosToken;
    private final Optional<String> eosToken;

    public RenderLines(ChatTemplate template, Optional<String> bosToken, Optional<String> eosToken) {
        this.template = template;
        this.bosToken = bosToken;
        this.eosToken = eosToken;
    }

    /**
     * Renders all lines; empty lines are skipped. The streams stay open.
     *
     * @throws IllegalArgumentException for a line that is no conversation, naming its number
     */
    public void run(Reader in, Writer out) throws IOException {
        BufferedReader lines = new BufferedReader(in);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            ChatInput input;
            try {
                input = input(Json.parse(line));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
            ObjectNode answer = Json.MAPPER.createObjectNode();
            try {
                answer.put("text", template.render(input).string());
            } catch (TemplateException e) {
                answer.put("error", e.problem());
            }
            out.write(Json.MAPPER.writeValueAsString(answer));
            out.write('\n');
        }
        out.flush();
    }

    private ChatInput input(JsonNode line) {
        if (!line.isObject() || !line.path("messages").isArray()) {
            throw new IllegalArgumentException("expected an object with an array \"messages\"");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : line.get("messages")) {
            messages.add(Json.message(message, messages.size()));
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        line.properties().forEach(e -> variables.put(e.getKey(), Json.plain(e.getValue())));
        variables.keySet().removeAll(List.of("messages", "tools", "add_generation_prompt", "bos_token", "eos_token"));
        List<Object> tools = new ArrayList<>();
        line.path("tools").forEach(tool -> tools.add(Json.plain(tool)));
        Chat chat = new Chat(messages, tools, variables);
        boolean prompt = line.path("add_generation_prompt").asBoolean(false);
        return new ChatInput(chat, prompt, bosToken, eosToken, ChatInput.dateOf(chat));
    }
}
