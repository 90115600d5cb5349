package org.bayling.tokenizer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The text of a {@code tokenizer_config.json} beside a learnt vocabulary.
 *
 * @param bosToken begins a text
 * @param eosToken ends a text
 * @param padToken fills short texts up, if there is one
 */
public record TokenizerConfigWriter(String bosToken, String eosToken, Optional<String> padToken) {

    /** The file, for people to read. */
    public String text() {
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("bos_token", bosToken);
        config.put("eos_token", eosToken);
        padToken.ifPresent(token -> config.put("pad_token", token));
        config.put("clean_up_tokenization_spaces", false);
        return config.toPrettyString() + "\n";
    }
}
