package org.bayling.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code tokenizer_config.json} and {@code special_tokens_map.json} say beside the vocabulary itself.
 *
 * @param bosToken                string of the beginning-of-sequence token, if named
 * @param eosToken                string of the end-of-sequence token, if named
 * @param padToken                string of the padding token, if named
 * @param unkToken                string of the unknown token, if named
 * @param additionalSpecialTokens further strings that are control tokens
 * @param chatTemplate            Jinja source of the chat template, if there is one
 * @param json                    the bytes of tokenizer_config.json as read, empty when there was none
 */
public record TokenizerConfig(
        Optional<String> bosToken,
        Optional<String> eosToken,
        Optional<String> padToken,
        Optional<String> unkToken,
        List<String> additionalSpecialTokens,
        Optional<String> chatTemplate,
        byte[] json) {

    /** A configuration that names nothing. */
    public static TokenizerConfig empty() {
        Optional<String> none = Optional.empty();
        return new TokenizerConfig(none, none, none, none, List.of(), none, new byte[0]);
    }

    /**
     * Reads tokenizer_config.json.
     *
     * @param json bytes of the file
     * @param name name of the file, for messages
     * @throws TokenizerException when it is no JSON object
     */
    public static TokenizerConfig parse(byte[] json, String name) {
        JsonNode root = TokenizerJson.readStrict(json, name);
        List<String> special = new ArrayList<>();
        for (JsonNode token : root.path("added_tokens_decoder")) {
            if (token.path("special").asBoolean(false) && token.path("content").isTextual()) {
                special.add(token.path("content").textValue());
            }
        }
        for (String key : List.of("additional_special_tokens", "extra_special_tokens")) {
            root.path(key).forEach(token -> tokenString(token).ifPresent(special::add));
        }
        return new TokenizerConfig(
                tokenString(root.path("bos_token")),
                tokenString(root.path("eos_token")),
                tokenString(root.path("pad_token")),
                tokenString(root.path("unk_token")),
                List.copyOf(special),
                template(root.path("chat_template")),
                json);
    }

    /** This configuration with what {@code special_tokens_map.json} names and this one leaves open. */
    TokenizerConfig orElse(TokenizerConfig other) {
        List<String> special = new ArrayList<>(additionalSpecialTokens);
        special.addAll(other.additionalSpecialTokens);
        return new TokenizerConfig(
                bosToken.or(other::bosToken),
                eosToken.or(other::eosToken),
                padToken.or(other::padToken),
                unkToken.or(other::unkToken),
                List.copyOf(special),
                chatTemplate.or(other::chatTemplate),
                json);
    }

    /** This configuration with another chat template; the bytes stay those of the file. */
    public TokenizerConfig withChatTemplate(String source) {
        return new TokenizerConfig(
                bosToken, eosToken, padToken, unkToken, additionalSpecialTokens, Optional.of(source), json);
    }

    private static Optional<String> tokenString(JsonNode node) {
        JsonNode text = node.isObject() ? node.path("content") : node;
        return text.isTextual() && !text.textValue().isEmpty() ? Optional.of(text.textValue()) : Optional.empty();
    }

    private static Optional<String> template(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.textValue());
        }
        String first = null;
        for (JsonNode named : node) {
            if (named.path("template").isTextual()) {
                String source = named.path("template").textValue();
                if (named.path("name").asText().equals("default")) {
                    return Optional.of(source);
                }
                first = first == null ? source : first;
            }
        }
        return Optional.ofNullable(first);
    }
}
