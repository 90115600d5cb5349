package org.bayling.evaluation.translate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bayling.generate.BeamSettings;
import org.bayling.generate.GenerationSettings;

/**
 * How a model is asked for a translation.
 *
 * @param name in settings
 * @param template text with {@code {src}}, {@code {src_lang}} and {@code {tgt_lang}} in it
 * @param names the language in which languages are named
 * @param chat whether it goes through the model's chat template, or is continued as it stands
 */
public record TranslationPrompt(String name, String template, Names names, boolean chat) {
    private static final int BEAMS = 5;
    private static final int MAX_NEW_TOKENS = 1024;
    private static final int MAX_NEW_TOKENS_CONTINUED = 256;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(src|src_lang|tgt_lang)}");

    /** BayLing's own prompt in English. */
    public static final TranslationPrompt BAYLING_EN = new TranslationPrompt(
            "bayling-en", "Provide the {tgt_lang} translation for this sentence: {src}", Names.EN, true);

    /** BayLing's own prompt in Chinese. */
    public static final TranslationPrompt BAYLING_ZH =
            new TranslationPrompt("bayling-zh", "提供这句话的{tgt_lang}翻译：{src}", Names.ZH, true);

    /** What lm-evaluation-harness asks of models that only continue text. */
    public static final TranslationPrompt COMPLETION = new TranslationPrompt(
            "completion", "{src_lang} sentence: {src}\n{tgt_lang} sentence:", Names.EN, false);

    /** Those that are built in. */
    private static final List<TranslationPrompt> BUILT_IN = List.of(BAYLING_EN, BAYLING_ZH, COMPLETION);

    /** The language of languages' names. */
    public enum Names {
        EN,
        ZH
    }

    /** @throws IllegalArgumentException when the source is not in the template */
    public TranslationPrompt {
        if (!template.contains("{src}")) {
            throw new IllegalArgumentException("prompt '" + template + "' is none of bayling-en, bayling-zh,"
                    + " completion, and has no {src} in it, where the sentence would stand");
        }
    }

    /**
     * A built-in one by its name, or a text of one's own.
     *
     * @param names the language in which languages are named in one's own
     * @param chat whether one's own goes through the chat template
     * @throws IllegalArgumentException when it is neither
     */
    public static TranslationPrompt of(String nameOrText, Names names, boolean chat) {
        return BUILT_IN.stream()
                .filter(prompt -> prompt.name().equals(nameOrText))
                .findFirst()
                .orElseGet(() -> new TranslationPrompt("own", nameOrText, names, chat));
    }

    /**
     * How answers are made unless something else is asked for: as BayLing does, with 5 beams and up to 1024 tokens;
     * where text is continued as lm-evaluation-harness does, greedily, up to a line feed or 256 tokens.
     */
    public GenerationSettings decoding() {
        GenerationSettings greedy = GenerationSettings.defaults();
        return chat
                ? greedy.withBeams(BeamSettings.NONE.withNumBeams(BEAMS)).withMaxNewTokens(MAX_NEW_TOKENS)
                : greedy.withStopStrings(List.of("\n")).withMaxNewTokens(MAX_NEW_TOKENS_CONTINUED);
    }

    /** The prompt for a sentence; braces in the sentence stay what they are. */
    String of(NamedLanguage source, NamedLanguage target, String sentence) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                switch (found.group(1)) {
                    case "src" -> sentence;
                    case "src_lang" -> name(source);
                    default -> name(target);
                }));
    }

    private String name(NamedLanguage language) {
        return names == Names.ZH ? language.chinese() : language.english();
    }
}
