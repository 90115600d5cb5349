package org.bayling.tokenizer.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bayling.tokenizer.Shared;
import org.junit.jupiter.api.Test;

class GoldenChatTemplatesTest {
    @Test
    void everyRenderingAndEveryErrorIsJinjas() throws IOException {
        List<String> wrong = new ArrayList<>();
        int errors = 0;
        JsonNode cases = Shared.json("golden/text/chat-templates.json");
        for (JsonNode c : cases) {
            String name = c.path("template").asText();
            ChatTemplate template =
                    ChatTemplate.parse(Files.readString(Shared.path("golden/text/templates/" + name + ".jinja")));
            StringWriter out = new StringWriter();
            new RenderLines(template, Optional.of("<s>"), Optional.of("</s>"))
                    .run(new StringReader(c.toString()), out);
            JsonNode answer = Shared.JSON.readTree(out.toString());
            String kind = c.has("error") ? "error" : "text";
            errors += c.has("error") ? 1 : 0;
            if (!answer.path(kind).equals(c.get(kind))) {
                wrong.add(name + " " + c.path("chat").asText() + ": " + answer);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).hasSize(112);
        assertThat(errors).isEqualTo(14);
    }
}
