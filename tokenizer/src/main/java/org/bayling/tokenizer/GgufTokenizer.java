package org.bayling.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds the tokenizer that a GGUF file's metadata describes, as a tokenizer.json and a tokenizer_config.json. Known
 * are {@code tokenizer.ggml.model = gpt2} (byte-level BPE) and {@code llama} (SentencePiece BPE with byte fallback; its
 * merges follow from the scores, as in transformers' converter).
 */
public final class GgufTokenizer {
    private static final String KEY = "tokenizer.ggml.";
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;

    private static final String CONTRACTIONS = "'s|'t|'re|'ve|'m|'ll|'d";
    private static final String LLAMA_3 = "(?i:" + CONTRACTIONS + ")|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String QWEN_2 = LLAMA_3.replace("\\p{N}{1,3}", "\\p{N}");
    private static final String TEKKEN = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** How a byte-level vocabulary cuts text into words. */
    private record PreTokenizer(
            String regex, boolean singleDigits, boolean ignoreMerges, boolean nfc, boolean addsBos) {}

    private static final Map<String, PreTokenizer> PRE_TOKENIZERS = preTokenizers();

    private final Map<String, Object> metadata;
    private final String name;
    private final List<String> tokens;
    private final int[] types;

    private GgufTokenizer(Map<String, Object> metadata, String name) {
        this.metadata = metadata;
        this.name = name;
        this.tokens = strings("tokens");
        if (tokens.isEmpty()) {
            throw new TokenizerException(name + ": no " + KEY + "tokens in the GGUF metadata");
        }
        double[] given = numbers("token_type");
        if (given.length != 0 && given.length != tokens.size()) {
            throw new TokenizerException(name + ": " + KEY + "token_type has " + given.length + " entries for "
                    + tokens.size() + " tokens");
        }
        types = new int[tokens.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = given.length == 0 ? 1 : (int) given[i];
        }
    }

    /**
     * The tokenizer of a GGUF file.
     *
     * @param metadata the file's key-value pairs; arrays as lists or primitive arrays
     * @param name     name of the file, for messages
     * @throws TokenizerException when a key is missing, of the wrong type or of an unknown kind
     */
    public static Tokenizer from(Map<String, Object> metadata, String name) {
        GgufTokenizer source = new GgufTokenizer(metadata, name);
        byte[] json = TokenizerJson.write(source.tokenizerJson());
        byte[] config = TokenizerJson.write(source.config());
        return Tokenizer.of(json, TokenizerConfig.parse(config, name), name);
    }

    /** As {@link #from(Map, String)} for metadata without a file name. */
    public static Tokenizer from(Map<String, Object> metadata) {
        return from(metadata, "GGUF metadata");
    }

    private ObjectNode tokenizerJson() {
        String model = string("model", "");
        ObjectNode root = TokenizerJson.newObject();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < types.length; id++) {
            boolean control = types[id] == CONTROL || types[id] == UNKNOWN;
            if (control || types[id] == USER_DEFINED) {
                added.add(TokenizerJson.addedToken(id, tokens.get(id), control).put("normalized", false));
            }
        }
        switch (model) {
            case "gpt2" -> byteLevel(root);
            case "llama" -> sentencePiece(root);
            default -> throw new TokenizerException(name + ": " + KEY + "model is \"" + model
                    + "\"; known are gpt2 (byte-level BPE) and llama (SentencePiece BPE)");
        }
        return root;
    }

    private void byteLevel(ObjectNode root) {
        String pre = string("pre", "gpt-2");
        PreTokenizer kind = PRE_TOKENIZERS.get(pre);
        if (kind == null) {
            throw new TokenizerException(name + ": " + KEY + "pre is \"" + pre + "\"; known are "
                    + String.join(", ", PRE_TOKENIZERS.keySet())
                    + ". Use the model's Hugging Face directory, whose tokenizer.json says how text is cut");
        }
        if (kind.nfc()) {
            root.putObject("normalizer").put("type", "NFC");
        } else {
            root.putNull("normalizer");
        }
        ObjectNode words = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = words.putArray("pretokenizers");
        if (kind.singleDigits()) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
        }
        if (kind.regex() != null) {
            ObjectNode split = steps.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", kind.regex());
            split.put("behavior", "Isolated").put("invert", false);
        }
        boolean prefix = bool("add_space_prefix", false);
        addByteLevel(steps.addObject(), prefix, kind.regex() == null);
        postProcessor(root, kind.addsBos());
        addByteLevel(root.putObject("decoder"), true, true);
        ObjectNode bpe = bpe(root, null, false);
        bpe.put("ignore_merges", kind.ignoreMerges());
        bpe.set("vocab", vocabulary());
        ArrayNode merges = bpe.putArray("merges");
        strings("merges").forEach(merges::add);
    }

    private static void addByteLevel(ObjectNode step, boolean prefix, boolean regex) {
        step.put("type", "ByteLevel").put("add_prefix_space", prefix);
        step.put("trim_offsets", true).put("use_regex", regex);
    }

    private void sentencePiece(ObjectNode root) {
        boolean prefix = bool("add_space_prefix", true);
        ObjectNode normalizer = root.putObject("normalizer").put("type", "Sequence");
        ArrayNode steps = normalizer.putArray("normalizers");
        if (prefix) {
            steps.addObject().put("type", "Prepend").put("prepend", "▁");
        }
        ObjectNode spaces = steps.addObject().put("type", "Replace");
        spaces.putObject("pattern").put("String", " ");
        spaces.put("content", "▁");
        root.putNull("pre_tokenizer");
        postProcessor(root, true);
        ArrayNode decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        ObjectNode back = decoders.addObject().put("type", "Replace");
        back.putObject("pattern").put("String", "▁");
        back.put("content", " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefix) {
            decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
        }
        int unknown = number("unknown_token_id", 0);
        ObjectNode bpe = bpe(root, token(unknown, "unknown_token_id"), true);
        bpe.set("vocab", vocabulary());
        ArrayNode merges = bpe.putArray("merges");
        List<String> given = strings("merges");
        if (given.isEmpty()) {
            mergesFromScores().forEach(m -> merges.addArray().add(m.left()).add(m.right()));
        } else {
            given.forEach(merges::add);
        }
    }

    private static ObjectNode bpe(ObjectNode root, String unknown, boolean byteFallback) {
        ObjectNode model = root.putObject("model").put("type", "BPE").putNull("dropout");
        model.put("unk_token", unknown).putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        return model.put("fuse_unk", byteFallback).put("byte_fallback", byteFallback);
    }

    private record Merge(String left, String right, double score, double leftScore, double rightScore) {}

    /** Every way to put a token together from two others, best product first, then best left and right part. */
    private List<Merge> mergesFromScores() {
        double[] scores = numbers("scores");
        if (scores.length != tokens.size()) {
            throw new TokenizerException(name + ": " + KEY + "scores has " + scores.length + " entries for "
                    + tokens.size() + " tokens, and there are no " + KEY + "merges");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] != CONTROL && types[id] != UNKNOWN && types[id] != BYTE && types[id] != UNUSED) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Merge> merges = new ArrayList<>();
        Comparator<Merge> bestParts = Comparator.comparingDouble(Merge::leftScore)
                .thenComparingDouble(Merge::rightScore)
                .reversed();
        for (int id = 0; id < types.length; id++) {
            String token = tokens.get(id);
            if (!Integer.valueOf(id).equals(ids.get(token)) || types[id] == USER_DEFINED) {
                continue;
            }
            List<Merge> local = new ArrayList<>();
            for (int at = token.offsetByCodePoints(0, Math.min(1, token.codePointCount(0, token.length())));
                    at < token.length();
                    at = token.offsetByCodePoints(at, 1)) {
                Integer left = ids.get(token.substring(0, at));
                Integer right = ids.get(token.substring(at));
                if (left != null && right != null) {
                    local.add(new Merge(
                            tokens.get(left), tokens.get(right), scores[id], scores[left], scores[right]));
                }
            }
            local.sort(bestParts);
            merges.addAll(local);
        }
        merges.sort(Comparator.comparingDouble(Merge::score).reversed());
        return merges;
    }

    private ObjectNode vocabulary() {
        ObjectNode vocabulary = TokenizerJson.newObject();
        for (int id = 0; id < types.length; id++) {
            if (vocabulary.has(tokens.get(id))) {
                throw new TokenizerException(name + ": " + KEY + "tokens: token \"" + tokens.get(id) + "\" is listed"
                        + " at " + vocabulary.get(tokens.get(id)) + " and at " + id);
            }
            vocabulary.put(tokens.get(id), id);
        }
        return vocabulary;
    }

    private void postProcessor(ObjectNode root, boolean bosByDefault) {
        boolean bos = bool("add_bos_token", bosByDefault) && metadata.containsKey(KEY + "bos_token_id");
        boolean eos = bool("add_eos_token", false) && metadata.containsKey(KEY + "eos_token_id");
        if (!bos && !eos) {
            root.putNull("post_processor");
            return;
        }
        ObjectNode template = root.putObject("post_processor").put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        ArrayNode pair = template.putArray("pair");
        ObjectNode special = template.putObject("special_tokens");
        for (int sequence = 0; sequence < 2; sequence++) {
            for (ArrayNode pieces : sequence == 0 ? List.of(single, pair) : List.of(pair)) {
                if (bos) {
                    addSpecial(pieces, special, "bos_token_id", sequence);
                }
                pieces.addObject().putObject("Sequence").put("id", sequence == 0 ? "A" : "B").put("type_id", sequence);
                if (eos) {
                    addSpecial(pieces, special, "eos_token_id", sequence);
                }
            }
        }
    }

    private void addSpecial(ArrayNode pieces, ObjectNode special, String key, int sequence) {
        int id = number(key, 0);
        String token = token(id, key);
        pieces.addObject().putObject("SpecialToken").put("id", token).put("type_id", sequence);
        ObjectNode entry = special.putObject(token).put("id", token);
        entry.putArray("ids").add(id);
        entry.putArray("tokens").add(token);
    }

    private ObjectNode config() {
        ObjectNode config = TokenizerJson.newObject();
        config.put("tokenizer_class", "PreTrainedTokenizerFast").put("clean_up_tokenization_spaces", false);
        Map<String, String> named = new LinkedHashMap<>();
        named.put("bos_token", "bos_token_id");
        named.put("eos_token", "eos_token_id");
        named.put("pad_token", "padding_token_id");
        named.put("unk_token", "unknown_token_id");
        named.forEach((field, key) -> {
            if (metadata.containsKey(KEY + key)) {
                config.put(field, token(number(key, 0), key));
            }
        });
        if (metadata.get("tokenizer.chat_template") instanceof String template) {
            config.put("chat_template", template);
        }
        return config;
    }

    private String token(int id, String key) {
        if (id < 0 || id >= tokens.size()) {
            throw new TokenizerException(name + ": " + KEY + key + " is " + id + " but there are " + tokens.size()
                    + " tokens");
        }
        return tokens.get(id);
    }

    private String string(String key, String otherwise) {
        Object value = metadata.get(KEY + key);
        if (value != null && !(value instanceof String)) {
            throw wrongType(key, value, "a string");
        }
        return value == null ? otherwise : (String) value;
    }

    private boolean bool(String key, boolean otherwise) {
        Object value = metadata.get(KEY + key);
        if (value != null && !(value instanceof Boolean)) {
            throw wrongType(key, value, "a boolean");
        }
        return value == null ? otherwise : (Boolean) value;
    }

    private int number(String key, int otherwise) {
        Object value = metadata.get(KEY + key);
        if (value != null && !(value instanceof Number)) {
            throw wrongType(key, value, "a number");
        }
        return value == null ? otherwise : ((Number) value).intValue();
    }

    private List<String> strings(String key) {
        Object value = metadata.get(KEY + key);
        if (value == null) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                if (!(entry instanceof String)) {
                    throw wrongType(key, entry, "strings");
                }
                out.add((String) entry);
            }
            return out;
        }
        if (value instanceof String[] array) {
            return List.of(array);
        }
        throw wrongType(key, value, "an array of strings");
    }

    private double[] numbers(String key) {
        Object value = metadata.get(KEY + key);
        if (value == null) {
            return new double[0];
        }
        if (value instanceof float[] floats) {
            double[] out = new double[floats.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = floats[i];
            }
            return out;
        }
        if (value instanceof int[] ints) {
            double[] out = new double[ints.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = ints[i];
            }
            return out;
        }
        if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
        }
        throw wrongType(key, value, "an array of numbers");
    }

    private TokenizerException wrongType(String key, Object value, String expected) {
        String found = value == null ? "null" : value.getClass().getSimpleName();
        return new TokenizerException(name + ": " + KEY + key + ": expected " + expected + ", found " + found);
    }

    private static Map<String, PreTokenizer> preTokenizers() {
        Map<String, PreTokenizer> known = new TreeMap<>();
        PreTokenizer gpt2 = new PreTokenizer(null, false, false, false, false);
        PreTokenizer digits = new PreTokenizer(null, true, false, false, false);
        PreTokenizer llama3 = new PreTokenizer(LLAMA_3, false, true, false, true);
        PreTokenizer qwen2 = new PreTokenizer(QWEN_2, false, false, true, false);
        for (String pre : List.of("gpt-2", "gpt2", "default", "mpt", "olmo", "jais", "trillion")) {
            known.put(pre, gpt2);
        }
        for (String pre : List.of("smollm", "starcoder", "refact", "command-r", "codeshell")) {
            known.put(pre, digits);
        }
        for (String pre : List.of("llama-bpe", "llama3", "llama-v3", "falcon3")) {
            known.put(pre, llama3);
        }
        for (String pre : List.of("qwen2", "deepseek-r1-qwen", "stablelm2")) {
            known.put(pre, qwen2);
        }
        known.put("tekken", new PreTokenizer(TEKKEN, false, true, false, true));
        return known;
    }
}
