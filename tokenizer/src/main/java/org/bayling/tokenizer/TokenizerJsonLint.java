package org.bayling.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks a tokenizer.json before the native library loads it, because that library answers some broken files by ending
 * the process. Refused are: files above {@link #MAX_BYTES}; invalid JSON and duplicate keys; model types that no Llama
 * has; vocabularies with missing, repeated, negative or far too large ids; merges whose parts or product are not in the
 * vocabulary; regular expressions that can take exponential time (see {@link RegexLint}).
 */
public final class TokenizerJsonLint {
    /** Largest accepted tokenizer.json, 256 MiB; the largest known one in use has about 35 MB. */
    public static final int MAX_BYTES = 256 << 20;
    /** Ids must be below this: four million tokens. */
    public static final int MAX_ID = 1 << 22;

    private static final Set<String> MODELS = Set.of("BPE", "Unigram");

    private TokenizerJsonLint() {}

    /**
     * Checks the bytes of a tokenizer.json.
     *
     * @param json bytes of the file
     * @param name name of the file, for messages
     * @throws TokenizerException on the first fault, naming the file and the place
     */
    public static void check(byte[] json, String name) {
        TokenizerJson.parse(json, name);
    }

    static void checkSize(long bytes, String name) {
        if (bytes > MAX_BYTES) {
            throw new TokenizerException(name + ": " + bytes + " bytes; at most " + MAX_BYTES + " are accepted");
        }
    }

    static void check(ObjectNode root, String name) {
        JsonNode model = root.path("model");
        if (!model.isObject()) {
            throw new TokenizerException(name + ": no object \"model\"; this is not a tokenizer.json of the"
                    + " Hugging Face tokenizers library");
        }
        String type = model.path("type").asText(model.has("merges") ? "BPE" : "none");
        if (!MODELS.contains(type)) {
            throw new TokenizerException(
                    name + ": model.type is " + type + "; known are BPE and Unigram, which Llama models use");
        }
        if (model.path("dropout").asDouble(0) != 0) {
            throw new TokenizerException(name + ": model.dropout is " + model.path("dropout")
                    + "; with it the same text has different ids each time; set it to null");
        }
        Set<String> vocabulary =
                type.equals("BPE") ? bpeVocabulary(model.path("vocab"), name) : unigramVocabulary(model, name);
        if (type.equals("BPE")) {
            checkMerges(model, vocabulary, name);
            JsonNode unknown = model.path("unk_token");
            if (unknown.isTextual() && !vocabulary.contains(unknown.textValue())) {
                throw new TokenizerException(name + ": model.unk_token " + quoted(unknown.textValue())
                        + " is not in the vocabulary");
            }
        }
        checkAddedTokens(root.path("added_tokens"), vocabulary, name);
        for (String part : new String[] {"normalizer", "pre_tokenizer", "decoder"}) {
            checkPart(root.path(part), part, name);
        }
    }

    private static Set<String> bpeVocabulary(JsonNode vocabulary, String name) {
        if (!vocabulary.isObject() || vocabulary.isEmpty()) {
            throw new TokenizerException(name + ": model.vocab must be an object {token: id} with at least one token");
        }
        boolean[] taken = new boolean[Math.min(MAX_ID, 2 * vocabulary.size() + 1024)];
        Set<String> tokens = new HashSet<>(vocabulary.size() * 2);
        vocabulary.properties().forEach(entry -> {
            JsonNode id = entry.getValue();
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= taken.length) {
                throw new TokenizerException(name + ": model.vocab: id " + id + " of token " + quoted(entry.getKey())
                        + " is not a whole number from 0 to " + (taken.length - 1));
            }
            if (taken[id.intValue()]) {
                throw new TokenizerException(
                        name + ": model.vocab: id " + id + " is given twice, again for " + quoted(entry.getKey()));
            }
            taken[id.intValue()] = true;
            tokens.add(entry.getKey());
        });
        return tokens;
    }

    private static Set<String> unigramVocabulary(JsonNode model, String name) {
        JsonNode vocabulary = model.path("vocab");
        if (!vocabulary.isArray() || vocabulary.isEmpty() || vocabulary.size() > MAX_ID) {
            throw new TokenizerException(
                    name + ": model.vocab of a Unigram model must be an array of [token, score], at most " + MAX_ID);
        }
        Set<String> tokens = new HashSet<>(vocabulary.size() * 2);
        int at = 0;
        for (JsonNode entry : vocabulary) {
            if (entry.size() != 2 || !entry.get(0).isTextual() || !entry.get(1).isNumber()
                    || !Double.isFinite(entry.get(1).doubleValue())) {
                throw new TokenizerException(name + ": model.vocab[" + at + "] must be [token, finite score]");
            }
            if (!tokens.add(entry.get(0).textValue())) {
                throw new TokenizerException(name + ": model.vocab[" + at + "]: token "
                        + quoted(entry.get(0).textValue()) + " is listed twice");
            }
            at++;
        }
        JsonNode unknown = model.path("unk_id");
        if (!unknown.isNull() && !unknown.isMissingNode()
                && (!unknown.canConvertToInt() || unknown.intValue() < 0 || unknown.intValue() >= at)) {
            throw new TokenizerException(name + ": model.unk_id " + unknown + " is not a position in the vocabulary");
        }
        return tokens;
    }

    private static void checkMerges(JsonNode model, Set<String> vocabulary, String name) {
        JsonNode merges = model.path("merges");
        if (!merges.isArray()) {
            throw new TokenizerException(name + ": model.merges must be an array");
        }
        String prefix = model.path("continuing_subword_prefix").asText("");
        prefix = prefix.equals("null") ? "" : prefix;
        int at = 0;
        for (JsonNode merge : merges) {
            String[] parts = mergeParts(merge);
            if (parts == null) {
                throw new TokenizerException(name + ": model.merges[" + at
                        + "] must be \"left right\" or [\"left\", \"right\"], found " + shortened(merge.toString()));
            }
            String right = parts[1].startsWith(prefix) ? parts[1].substring(prefix.length()) : parts[1];
            for (String token : new String[] {parts[0], parts[1], parts[0] + right}) {
                if (!vocabulary.contains(token)) {
                    throw new TokenizerException(name + ": model.merges[" + at + "]: token " + quoted(token)
                            + " is not in the vocabulary");
                }
            }
            at++;
        }
    }

    /** The two parts of a merge in either notation, or null when it has no two parts. */
    static String[] mergeParts(JsonNode merge) {
        if (merge.isTextual()) {
            String[] parts = merge.textValue().split(" ", -1);
            return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() ? parts : null;
        }
        boolean pair = merge.isArray() && merge.size() == 2 && merge.get(0).isTextual() && merge.get(1).isTextual();
        return pair ? new String[] {merge.get(0).textValue(), merge.get(1).textValue()} : null;
    }

    private static void checkAddedTokens(JsonNode added, Set<String> vocabulary, String name) {
        if (!added.isArray() && !added.isMissingNode() && !added.isNull()) {
            throw new TokenizerException(name + ": added_tokens must be an array");
        }
        int next = vocabulary.size();
        Set<String> seen = new HashSet<>();
        int at = 0;
        for (JsonNode token : added) {
            JsonNode id = token.path("id");
            JsonNode content = token.path("content");
            if (!content.isTextual() || !id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= MAX_ID) {
                throw new TokenizerException(name + ": added_tokens[" + at + "] must have \"content\" and an \"id\""
                        + " from 0 to " + (MAX_ID - 1));
            }
            boolean known = vocabulary.contains(content.textValue()) || !seen.add(content.textValue());
            if (!known && id.intValue() != next++) {
                // The native library numbers such tokens by their place and ignores the id that the file gives.
                throw new TokenizerException(name + ": added_tokens[" + at + "] " + quoted(content.textValue())
                        + " has id " + id + " but stands at the place of id " + (next - 1)
                        + "; ids of added tokens must follow the vocabulary without a gap");
            }
            at++;
        }
    }

    private static void checkPart(JsonNode part, String path, String name) {
        if (part.isArray()) {
            for (int i = 0; i < part.size(); i++) {
                checkPart(part.get(i), path + "[" + i + "]", name);
            }
        } else if (part.isObject()) {
            JsonNode regex = part.path("pattern").path("Regex");
            if (regex.isTextual()) {
                RegexLint.problem(regex.textValue()).ifPresent(problem -> {
                    throw new TokenizerException(name + ": " + path + ".pattern.Regex " + quoted(regex.textValue())
                            + ": " + problem + "; such a pattern can run for ever on some texts");
                });
            }
            part.properties().forEach(e -> checkPart(e.getValue(), path + "." + e.getKey(), name));
        }
    }

    private static String quoted(String text) {
        return '"' + shortened(text) + '"';
    }

    private static String shortened(String text) {
        String printable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
    }
}
