package org.bayling.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model's tokenizer: text to ids and back, exactly as Hugging Face's fast tokenizer does it, never truncated, never
 * padded. Safe for use from many threads; must be closed.
 */
public final class Tokenizer implements AutoCloseable {
    /** Name of the vocabulary file in a model directory. */
    public static final String TOKENIZER_JSON = "tokenizer.json";
    /** Name of the configuration file in a model directory. */
    public static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    /** Name of the chat template file in a model directory. */
    public static final String CHAT_TEMPLATE = "chat_template.jinja";
    /** Name of the older file that names the special tokens. */
    public static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";

    private static final int MARKER_LENGTH = 16;
    private static final String MARKER = "\ufdd0".repeat(MARKER_LENGTH);

    private final String name;
    private final TokenizerConfig config;
    private final Map<String, byte[]> files;
    private final TokenizerJson json;
    private final ControlTokens controls;
    private final Set<Integer> controlIds;
    private final NativeTokenizer plain;
    private final Map<TextPosition, NativeTokenizer> ordinary = new EnumMap<>(TextPosition.class);

    private Tokenizer(byte[] tokenizerJson, TokenizerConfig config, Map<String, byte[]> files, String name) {
        this.name = name;
        this.config = config;
        this.files = Collections.unmodifiableMap(files);
        TokenizerJson parsed = TokenizerJson.parse(tokenizerJson, name);
        Set<String> special = new LinkedHashSet<>(config.additionalSpecialTokens());
        config.bosToken().ifPresent(special::add);
        config.eosToken().ifPresent(special::add);
        config.padToken().ifPresent(special::add);
        config.unkToken().ifPresent(special::add);
        this.json = parsed.withSpecial(special);
        List<AddedToken> control =
                json.added().stream().filter(AddedToken::special).toList();
        this.controls = new ControlTokens(control);
        Set<Integer> ids = new LinkedHashSet<>();
        control.forEach(token -> ids.add(token.id()));
        this.controlIds = Collections.unmodifiableSet(ids);
        this.plain = new NativeTokenizer(json == parsed ? tokenizerJson : json.bytes(), name);
        try {
            ordinary.put(TextPosition.START, ordinaryNative(TextPosition.START, MARKER_LENGTH));
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * Loads the tokenizer of a model directory, or a tokenizer.json alone. Beside it, where present, are read
     * tokenizer_config.json, special_tokens_map.json and chat_template.jinja.
     *
     * @throws TokenizerException when a file is missing, broken or hostile; the message names it
     */
    public static Tokenizer load(Path directoryOrFile) {
        Path directory = Files.isDirectory(directoryOrFile)
                ? directoryOrFile
                : directoryOrFile.toAbsolutePath().getParent();
        Path vocabulary =
                Files.isDirectory(directoryOrFile) ? directory.resolve(TOKENIZER_JSON) : directoryOrFile;
        if (!Files.isRegularFile(vocabulary)) {
            throw new TokenizerException(vocabulary + ": no such file; expected a tokenizer.json or its directory"
                    + (Files.isRegularFile(directory.resolve("tokenizer.model"))
                            ? " (tokenizer.model alone is not read: convert it with transformers)"
                            : ""));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] json = read(vocabulary);
        files.put(TOKENIZER_JSON, json);
        TokenizerConfig config = TokenizerConfig.empty();
        Path configFile = directory.resolve(TOKENIZER_CONFIG);
        if (Files.isRegularFile(configFile)) {
            byte[] bytes = read(configFile);
            files.put(TOKENIZER_CONFIG, bytes);
            config = TokenizerConfig.parse(bytes, configFile.toString());
        }
        Path mapFile = directory.resolve(SPECIAL_TOKENS_MAP);
        if (Files.isRegularFile(mapFile)) {
            byte[] bytes = read(mapFile);
            files.put(SPECIAL_TOKENS_MAP, bytes);
            config = config.orElse(TokenizerConfig.parse(bytes, mapFile.toString()));
        }
        Path templateFile = directory.resolve(CHAT_TEMPLATE);
        if (Files.isRegularFile(templateFile)) {
            byte[] bytes = read(templateFile);
            files.put(CHAT_TEMPLATE, bytes);
            config = config.withChatTemplate(Utf8.decode(bytes, templateFile.toString()));
        }
        return new Tokenizer(json, config, files, vocabulary.toString());
    }

    /**
     * A tokenizer from bytes.
     *
     * @param tokenizerJson bytes of a tokenizer.json; not copied
     * @param config        what tokenizer_config.json says
     */
    public static Tokenizer of(byte[] tokenizerJson, TokenizerConfig config) {
        return of(tokenizerJson, config, TOKENIZER_JSON);
    }

    /** As {@link #of(byte[], TokenizerConfig)}, with the name of the source for messages. */
    public static Tokenizer of(byte[] tokenizerJson, TokenizerConfig config, String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(TOKENIZER_JSON, tokenizerJson);
        if (config.json().length > 0) {
            files.put(TOKENIZER_CONFIG, config.json());
        }
        return new Tokenizer(tokenizerJson, config, files, name);
    }

    /** Whether every surrogate of the text has its partner; other text is refused by all encode methods. */
    public static boolean wellFormed(String text) {
        return Utf8.loneSurrogate(text) < 0;
    }

    /**
     * Ids of a text in which the strings of control tokens stand for those tokens, as the plain Hugging Face tokenizer
     * has it. Not for text that people wrote: see {@link #encodeOrdinary(String)}.
     *
     * @param addSpecialTokens add what the tokenizer puts around a text, such as BOS
     * @throws MalformedTextException when the text holds a lone surrogate
     */
    public int[] encode(String text, boolean addSpecialTokens) {
        Utf8.requireWellFormed(text);
        return plain.encode(text, addSpecialTokens);
    }

    /**
     * Ids of a text that holds no control tokens, whatever strings are in it.
     *
     * @throws MalformedTextException when the text holds a lone surrogate
     */
    public int[] encodeOrdinary(String text) {
        return encodeOrdinary(text, TextPosition.START);
    }

    /** As {@link #encodeOrdinary(String)} for a piece that stands at the given position. */
    public int[] encodeOrdinary(String text, TextPosition position) {
        Utf8.requireWellFormed(text);
        if (text.isEmpty()) {
            return new int[0];
        }
        if (text.contains(MARKER)) {
            try (NativeTokenizer once = ordinaryNative(position, longestMarkerRun(text) + 1)) {
                return once.encode(text, false);
            }
        }
        return ordinaryAt(position).encode(text, false);
    }

    /** Ids of many texts as {@link #encodeOrdinary(String)} gives them, computed on all cores. */
    public int[][] encodeOrdinary(List<String> texts) {
        int[][] ids = new int[texts.size()][];
        boolean simple = true;
        for (String text : texts) {
            Utf8.requireWellFormed(text);
            simple &= !text.contains(MARKER);
        }
        if (simple) {
            return texts.isEmpty() ? ids : ordinaryAt(TextPosition.START).encode(texts.toArray(String[]::new), false);
        }
        for (int i = 0; i < ids.length; i++) {
            ids[i] = encodeOrdinary(texts.get(i));
        }
        return ids;
    }

    /**
     * Text of ids, as the tokenizer's decoder gives it (no clean-up of spaces).
     *
     * @param skipSpecialTokens leave control tokens out
     * @throws IllegalArgumentException when an id is not in the vocabulary
     */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= json.tokens().length) {
                throw new IllegalArgumentException("id " + ids[i] + " at position " + i
                        + " is not in the vocabulary of " + json.tokens().length + " tokens");
            }
            wide[i] = ids[i];
        }
        return ids.length == 0 ? "" : plain.decode(wide, skipSpecialTokens);
    }

    /** A decoder that is fed one id after another and gives out whole characters. */
    public TextStream stream(boolean skipSpecialTokens) {
        return new TextStream(this, skipSpecialTokens);
    }

    /** What it was read from, for messages. */
    public String name() {
        return name;
    }

    /** The highest id plus one: the least number of rows that an embedding must have. */
    public int vocabularySize() {
        return json.tokens().length;
    }

    /** Id of a token, given as it is written in the vocabulary. */
    public OptionalInt id(String token) {
        Integer id = json.ids().get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The token of an id as it is written in the vocabulary; empty in gaps and outside. */
    public Optional<String> token(int id) {
        return id < 0 || id >= json.tokens().length ? Optional.empty() : Optional.ofNullable(json.tokens()[id]);
    }

    public Optional<String> bosToken() {
        return config.bosToken();
    }

    public Optional<String> eosToken() {
        return config.eosToken();
    }

    public Optional<String> padToken() {
        return config.padToken();
    }

    /** Id of the beginning-of-sequence token; empty when none is named or it is not in the vocabulary. */
    public OptionalInt bosId() {
        return config.bosToken().map(this::id).orElse(OptionalInt.empty());
    }

    /** Id of the end-of-sequence token; empty when none is named or it is not in the vocabulary. */
    public OptionalInt eosId() {
        return config.eosToken().map(this::id).orElse(OptionalInt.empty());
    }

    /** Id of the padding token; empty when none is named or it is not in the vocabulary. */
    public OptionalInt padId() {
        return config.padToken().map(this::id).orElse(OptionalInt.empty());
    }

    /** The tokens that ordinary text never gives, with their strings. */
    public ControlTokens controls() {
        return controls;
    }

    /** Ids of {@link #controls()}. */
    public Set<Integer> controlIds() {
        return controlIds;
    }

    /** Jinja source of the model's chat template, if it has one. */
    public Optional<String> chatTemplate() {
        return config.chatTemplate();
    }

    /** The file contents that this tokenizer was made from, by file name, to be written unchanged into an export. */
    public Map<String, byte[]> files() {
        return files;
    }

    @Override
    public void close() {
        plain.close();
        synchronized (ordinary) {
            ordinary.values().forEach(NativeTokenizer::close);
        }
    }

    private NativeTokenizer ordinaryAt(TextPosition position) {
        synchronized (ordinary) {
            NativeTokenizer known = ordinary.get(position);
            if (known == null) {
                known = sameAs(position).orElseGet(() -> ordinaryNative(position, MARKER_LENGTH));
                ordinary.put(position, known);
            }
            return known;
        }
    }

    /** The loaded tokenizer that already acts as one for this position would. */
    private Optional<NativeTokenizer> sameAs(TextPosition position) {
        return json.differsFromStart(position) ? Optional.empty() : Optional.of(ordinary.get(TextPosition.START));
    }

    private NativeTokenizer ordinaryNative(TextPosition position, int markerLength) {
        return new NativeTokenizer(json.ordinary(position, markerLength), name);
    }

    private static int longestMarkerRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '\ufdd0' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static byte[] read(Path file) {
        try {
            TokenizerJsonLint.checkSize(Files.size(file), file.toString());
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
