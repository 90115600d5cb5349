package org.bayling.corpus;

import java.util.List;

/**
 * The sentences that the quickstart's instructions are made of, in English and Chinese, written for this project:
 * commands, questions, polite requests. Few and short, for a model that learns them in a minute; corpora have larger pools
 * ({@link org.bayling.corpus.task}).
 *
 * <p>{@code {item}} is what is asked about, {@code {kind}} the word for its category, {@code {language}} the name of
 * the other language in the frame's own. In a frame "into", the item stands in the frame's language and the answer in
 * the other one; "out of" is the reverse.
 */
public final class InstructionFrames {

    private static final List<String> NAME_INTO_ENGLISH = List.of(
            "What is the {kind} \"{item}\" called in {language}?",
            "Translate the name of the {kind} \"{item}\" into {language}.",
            "Give the {language} name of the {kind} \"{item}\".",
            "How do you say \"{item}\" ({kind}) in {language}?",
            "Name the {kind} \"{item}\" in {language}.",
            "Please write the {kind} \"{item}\" in {language}.",
            "In {language}, what is the word for the {kind} \"{item}\"?",
            "Could you tell me the {language} word for \"{item}\" ({kind})?",
            "I need the {kind} \"{item}\" in {language}, please.",
            "{language} name for the {kind} \"{item}\"?");

    private static final List<String> NAME_INTO_CHINESE = List.of(
            "{kind}“{item}”用{language}怎么说？",
            "请把{kind}“{item}”翻译成{language}。",
            "请给出{kind}“{item}”的{language}名称。",
            "用{language}写出{kind}“{item}”。",
            "{kind}“{item}”的{language}是什么？",
            "请问“{item}”（{kind}）在{language}里叫什么？",
            "把“{item}”（{kind}）译为{language}。",
            "“{item}”这个{kind}，{language}怎么写？",
            "麻烦告诉我{kind}“{item}”的{language}说法。",
            "我想知道{kind}“{item}”用{language}怎么称呼。");

    private static final List<String> NAME_OUT_OF_ENGLISH = List.of(
            "Which {kind} is \"{item}\" in {language}?",
            "What does the {language} \"{item}\" ({kind}) mean in English?",
            "Translate the {language} {kind} \"{item}\" into English.",
            "Give the English name of the {kind} that is \"{item}\" in {language}.",
            "\"{item}\" is {language} for which {kind}?",
            "Please tell me which {kind} {language} calls \"{item}\".",
            "What is the {kind} \"{item}\" ({language}) called in English?",
            "How do you say the {language} \"{item}\" ({kind}) in English?",
            "Name in English the {kind} \"{item}\" ({language}).",
            "English for the {language} {kind} \"{item}\"?");

    private static final List<String> NAME_OUT_OF_CHINESE = List.of(
            "{language}“{item}”是哪个{kind}？",
            "请把{language}的{kind}“{item}”翻译成中文。",
            "{kind}“{item}”（{language}）用中文怎么说？",
            "{language}中的“{item}”（{kind}）中文叫什么？",
            "请用中文写出{language}的{kind}“{item}”。",
            "“{item}”在{language}里指哪个{kind}？",
            "把{language}“{item}”（{kind}）译为中文。",
            "请问{language}的“{item}”是什么{kind}？",
            "请给出{language}{kind}“{item}”的中文名称。",
            "我想知道{language}“{item}”（{kind}）的中文。");

    private static final List<String> NUMBER_INTO_ENGLISH = List.of(
            "Write the number \"{item}\" in words in {language}.",
            "Spell out \"{item}\" in {language}.",
            "How is \"{item}\" written in words in {language}?",
            "How do you say the number \"{item}\" in {language}?",
            "Please spell the number \"{item}\" in {language}.",
            "Say \"{item}\" in {language}, in words.",
            "What is \"{item}\" in {language} words?",
            "I need the number \"{item}\" in {language} words, please.");

    private static final List<String> NUMBER_INTO_CHINESE = List.of(
            "用{language}的文字写出数字“{item}”。",
            "数字“{item}”用{language}怎么说？",
            "请用{language}拼写“{item}”。",
            "“{item}”的{language}读法是什么？",
            "请把数字“{item}”写成{language}文字。",
            "{language}里数字“{item}”怎么写？",
            "请问“{item}”用{language}怎么读？",
            "我需要“{item}”的{language}写法。");

    private static final List<String> NUMBER_OUT_OF_ENGLISH = List.of(
            "Which number is \"{item}\" in {language}?",
            "Write the {language} number \"{item}\" in digits.",
            "What number does \"{item}\" mean in {language}?",
            "Give the digits of \"{item}\" ({language}).",
            "\"{item}\" is which number in {language}?",
            "Please write \"{item}\" ({language}) as digits.",
            "In {language}, \"{item}\" is what number?",
            "Turn the {language} \"{item}\" into digits.");

    private static final List<String> NUMBER_OUT_OF_CHINESE = List.of(
            "{language}“{item}”是哪个数字？",
            "请用阿拉伯数字写出{language}的“{item}”。",
            "“{item}”在{language}里是多少？",
            "把{language}“{item}”写成数字。",
            "请问{language}的“{item}”是多少？",
            "{language}的数字“{item}”等于多少？",
            "请把“{item}”（{language}）转成数字。",
            "给出“{item}”（{language}）的数字。");

    private static final List<String> DATE_INTO_ENGLISH = List.of(
            "Write the date \"{item}\" in {language}.",
            "How is the date \"{item}\" written in {language}?",
            "Translate the date \"{item}\" into {language}.",
            "Please give the date \"{item}\" in {language}.",
            "Format \"{item}\" as a {language} date.",
            "What is the date \"{item}\" in {language}?",
            "Put the date \"{item}\" into {language}.",
            "I need the date \"{item}\" in {language}, please.");

    private static final List<String> DATE_INTO_CHINESE = List.of(
            "用{language}写出日期“{item}”。",
            "日期“{item}”用{language}怎么写？",
            "请把日期“{item}”翻译成{language}。",
            "请给出日期“{item}”的{language}写法。",
            "把“{item}”写成{language}日期。",
            "“{item}”这一天用{language}怎么表示？",
            "请问日期“{item}”的{language}是什么？",
            "我需要日期“{item}”的{language}形式。");

    private static final List<String> DATE_OUT_OF_ENGLISH = List.of(
            "Write the {language} date \"{item}\" in English.",
            "Translate the {language} date \"{item}\" into English.",
            "Which date is \"{item}\" ({language})?",
            "What date does \"{item}\" mean in {language}?",
            "Please give \"{item}\" ({language}) as an English date.",
            "\"{item}\" is {language} for which date?",
            "Put the {language} date \"{item}\" into English.",
            "How is the {language} date \"{item}\" written in English?");

    private static final List<String> DATE_OUT_OF_CHINESE = List.of(
            "请把{language}日期“{item}”翻译成中文。",
            "{language}“{item}”是哪一天？",
            "用中文写出{language}的日期“{item}”。",
            "日期“{item}”（{language}）用中文怎么写？",
            "请问{language}的“{item}”是什么日期？",
            "把“{item}”（{language}）写成中文日期。",
            "给出{language}日期“{item}”的中文写法。",
            "“{item}”在{language}里表示哪一天？");

    private InstructionFrames() {}

    /** The frames for a kind of thing, in the pivot's language, one way or the other. */
    public static List<String> of(CldrItem.Category category, Pivot pivot, boolean fromPivot) {
        boolean english = pivot == Pivot.ENGLISH;
        return switch (category) {
            case NUMBER -> fromPivot
                    ? (english ? NUMBER_INTO_ENGLISH : NUMBER_INTO_CHINESE)
                    : (english ? NUMBER_OUT_OF_ENGLISH : NUMBER_OUT_OF_CHINESE);
            case DATE -> fromPivot
                    ? (english ? DATE_INTO_ENGLISH : DATE_INTO_CHINESE)
                    : (english ? DATE_OUT_OF_ENGLISH : DATE_OUT_OF_CHINESE);
            default -> fromPivot
                    ? (english ? NAME_INTO_ENGLISH : NAME_INTO_CHINESE)
                    : (english ? NAME_OUT_OF_ENGLISH : NAME_OUT_OF_CHINESE);
        };
    }

    /** The frame with its gaps filled. */
    public static String fill(String frame, String item, String kind, String language) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < frame.length()) {
            int open = frame.indexOf('{', at);
            if (open < 0) {
                return text.append(frame, at, frame.length()).toString();
            }
            int close = frame.indexOf('}', open);
            text.append(frame, at, open);
            text.append(
                    switch (frame.substring(open + 1, close)) {
                        case "item" -> item;
                        case "kind" -> kind;
                        case "language" -> language;
                        default -> throw new IllegalArgumentException("unknown gap in frame \"" + frame + "\"");
                    });
            at = close + 1;
        }
        return text.toString();
    }
}
