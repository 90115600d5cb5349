package org.bayling.tokenizer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.TokenizerException;
import org.bayling.tokenizer.WordEncoder;
import org.bayling.tokenizer.training.ExtendedTokenizer.NewPiece;

/**
 * Adds pieces to a Llama tokenizer, learnt from text: to byte-level BPE (Llama 3) and to SentencePiece's BPE with byte
 * fallback (Llama 2).
 *
 * <p>The search for merges starts from the words as the tokenizer encodes them now, and the new merges come behind all
 * old ones. So the new tokenizer gives the old one's ids, and then merges what the new merges apply to: text that holds no
 * new piece keeps its ids. No merge spells a piece that the vocabulary has already, for old merges could apply to that one.
 *
 * <p>A SentencePiece vocabulary lacks characters, which are written as byte tokens. Those tokens are never merged,
 * since only single ones are decoded; the whole character becomes a new piece instead.
 */
public final class TokenizerExtender implements AutoCloseable {
    /** Bytes that the counted words take at most, estimated. */
    public static final long DEFAULT_BUDGET = BytePairTrainer.DEFAULT_BUDGET;

    private final Tokenizer tokenizer;
    private final ObjectNode root;
    private final ObjectNode model;
    private final ExistingWords words;

    /**
     * @param tokenizer stays the caller's
     * @throws TokenizerException when it is of another kind; the message says which
     */
    public TokenizerExtender(Tokenizer tokenizer, long budget) {
        this.tokenizer = tokenizer;
        this.root = read(tokenizer);
        String type = root.path("model").path("type").asText("unknown");
        if (!type.equals("BPE") || !root.path("model").path("vocab").isObject()) {
            throw refused("its model is " + type);
        }
        this.model = (ObjectNode) root.get("model");
        for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            if (!model.path(affix).asText("").isEmpty() && !model.path(affix).isNull()) {
                throw refused("it has a " + affix);
            }
        }
        boolean fallback = model.path("byte_fallback").asBoolean(false);
        boolean byteLevel = !fallback && typesOf(root.path("pre_tokenizer"), "pretokenizers").contains("ByteLevel");
        if (byteLevel) {
            this.words = new ByteLevelWords(encoder(false), unknown(), budget);
        } else if (fallback) {
            requireSentencePiece();
            this.words = new SentencePieceWords(encoder(true), vocabulary(), tokenizer.vocabularySize(), budget);
        } else {
            throw refused("its BPE is neither byte-level nor has it byte_fallback");
        }
    }

    private int unknown() {
        JsonNode token = model.path("unk_token");
        return token.isTextual() ? tokenizer.id(token.textValue()).orElse(-1) : -1;
    }

    private void requireSentencePiece() {
        List<String> steps = new ArrayList<>(typesOf(root.path("normalizer"), "normalizers"));
        steps.removeAll(Set.of("Prepend", "Replace"));
        if (!steps.isEmpty()) {
            throw refused("its normalizer has the step " + steps.get(0));
        }
        List<String> splits = new ArrayList<>(typesOf(root.path("pre_tokenizer"), "pretokenizers"));
        splits.remove("Metaspace");
        if (!splits.isEmpty()) {
            throw refused("it has byte_fallback and the pre_tokenizer " + splits.get(0));
        }
        for (int value = 0; value < 256; value++) {
            if (!model.path("vocab").has(byteToken(value))) {
                throw refused("its vocabulary lacks the byte '" + byteToken(value) + "'");
            }
        }
    }

    private TokenizerException refused(String why) {
        return new TokenizerException(tokenizer.name() + ": cannot be extended: " + why + ". What can be is byte-level BPE as "
                + "of Llama 3, and SentencePiece BPE with byte fallback as of Llama 2");
    }

    /** Types of the steps of a normalizer or pre-tokenizer. */
    private static List<String> typesOf(JsonNode part, String sequence) {
        if (!part.isObject()) {
            return List.of();
        }
        if (!part.path("type").asText().equals("Sequence")) {
            return List.of(part.path("type").asText());
        }
        List<String> types = new ArrayList<>();
        part.path(sequence).forEach(step -> types.addAll(typesOf(step, sequence)));
        return types;
    }

    /** The tokenizer without its added tokens, and where asked for without anything before its model. */
    private WordEncoder encoder(boolean modelOnly) {
        ObjectNode bare = new ObjectMapper().createObjectNode();
        bare.setAll(root);
        bare.putArray("added_tokens");
        bare.putNull("post_processor");
        if (modelOnly) {
            bare.putNull("normalizer");
            bare.putNull("pre_tokenizer");
        }
        return new WordEncoder(bytes(bare), tokenizer.name());
    }

    private Map<String, Integer> vocabulary() {
        Map<String, Integer> ids = new HashMap<>();
        model.path("vocab").properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().intValue()));
        return ids;
    }

    /** Counts the words of a text. */
    public void add(String text) {
        words.add(text);
    }

    /** Words, counted as often as they occurred, that were forgotten because memory was full. */
    public long forgotten() {
        return words.forgotten();
    }

    /**
     * The tokenizer with the pieces that save most tokens in the text added so far.
     *
     * @param number of pieces to add; fewer come out when nothing is left that occurs twice
     * @param progress told the number of pieces found so far
     */
    public ExtendedTokenizer extend(int number, IntConsumer progress) {
        ExistingWords.Counted counted = words.counted();
        int firstId = tokenizer.vocabularySize();
        List<String> pieces = new ArrayList<>();
        IntStream.range(0, firstId).forEach(id -> pieces.add(tokenizer.token(id).orElse(null)));
        Map<Integer, Integer> dormant = new HashMap<>();
        for (String missing : counted.missing()) {
            dormant.put(pieces.size(), utf8(missing).length);
            pieces.add(missing);
        }
        MergeLearner learner = new MergeLearner(
                pieces, dormant, spelling -> tokenizer.id(spelling).isPresent());
        counted.counts().forEach((word, count) -> learner.add(word.ids(), count));
        long before = learner.tokens();
        List<MergeLearner.Step> steps = learner.learn(number, progress);
        List<NewPiece> added = newPieces(learner, steps, firstId);
        return new ExtendedTokenizer(
                bytes(extended(learner, steps, added, firstId)), firstId, added, before, learner.tokens());
    }

    private List<NewPiece> newPieces(MergeLearner learner, List<MergeLearner.Step> steps, int firstId) {
        Map<Integer, int[]> oldPieces = new HashMap<>();
        List<NewPiece> added = new ArrayList<>();
        for (MergeLearner.Step step : steps) {
            if (oldPieces.containsKey(step.piece())) {
                continue; // another spelling of a piece that is there
            }
            String text = learner.pieces().get(step.piece());
            int[] old = step.woken()
                    ? byteTokens(text)
                    : IntStream.concat(
                                    IntStream.of(oldPieces.getOrDefault(step.left(), new int[] {step.left()})),
                                    IntStream.of(oldPieces.getOrDefault(step.right(), new int[] {step.right()})))
                            .toArray();
            oldPieces.put(step.piece(), old);
            added.add(new NewPiece(text, old));
        }
        return added;
    }

    private int[] byteTokens(String character) {
        byte[] bytes = utf8(character);
        return IntStream.range(0, bytes.length)
                .map(i -> tokenizer.id(byteToken(bytes[i] & 0xFF)).orElseThrow())
                .toArray();
    }

    /**
     * Added tokens that are not in the model's vocabulary get their places in it: they would move behind the new pieces
     * otherwise, since their ids are counted from its size.
     */
    private ObjectNode extended(
            MergeLearner learner, List<MergeLearner.Step> steps, List<NewPiece> added, int firstId) {
        ObjectNode vocab = new ObjectMapper().createObjectNode();
        vocab.setAll((ObjectNode) model.get("vocab"));
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asText();
            if (!vocab.has(content)) {
                vocab.put(content, tokenizer.id(content).orElseThrow());
            }
        }
        for (int i = 0; i < added.size(); i++) {
            vocab.put(added.get(i).text(), firstId + i);
        }
        ArrayNode merges = new ObjectMapper().createArrayNode();
        merges.addAll((ArrayNode) model.get("merges"));
        Optional<JsonNode> first = Optional.ofNullable(merges.get(0));
        boolean joined = first.map(JsonNode::isTextual).orElse(false);
        for (MergeLearner.Step step : steps) {
            if (!step.woken()) {
                String left = learner.pieces().get(step.left());
                String right = learner.pieces().get(step.right());
                if (joined) {
                    merges.add(left + " " + right);
                } else {
                    merges.addArray().add(left).add(right);
                }
            }
        }
        ObjectNode extended = root.deepCopy();
        ObjectNode newModel = (ObjectNode) extended.get("model");
        newModel.set("vocab", vocab);
        newModel.set("merges", merges);
        return extended;
    }

    private static ObjectNode read(Tokenizer tokenizer) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(tokenizer.files().get(Tokenizer.TOKENIZER_JSON));
        } catch (IOException e) {
            throw new IllegalStateException("the tokenizer was made from this JSON", e);
        }
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return new ObjectMapper().writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree in memory can always be written", e);
        }
    }

    private static String byteToken(int value) {
        return String.format(Locale.ROOT, "<0x%02X>", value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        words.close();
    }
}
