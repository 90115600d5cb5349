package org.bayling.tokenizer.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
    private static final Chat CHAT = new Chat(
            List.of(Message.user("Hi 猫🙂"), Message.assistant(" ok ")), List.of(), Map.of("date_string", "3 Feb 2025"));

    private static String render(String source) {
        return render(source, CHAT);
    }

    private static String render(String source, Chat chat) {
        return ChatTemplate.parse(source)
                .render(new ChatInput(chat, false, Optional.of("<s>"), Optional.of("</s>"), ChatInput.dateOf(chat)))
                .string();
    }

    /** Expected values are what Jinja2 3.1 printed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "-7//2|-4", "-7%3|2", "7%-3|-2", "2**-1|0.5", "10/2|5.0", "1e16|1e+16", "0.1+0.2|0.30000000000000004",
        "0.00001|1e-05", "100000000000000000.0|1e+17", "none ~ true|NoneTrue", "(1,)|(1,)",
        "[1,'a',\"it's\",None,1.5]|[1, 'a', \"it's\", None, 1.5]", "{'a':1,'b':[2]}|{'a': 1, 'b': [2]}",
        "messages[0].content[-2:]|猫🙂", "messages[0].content[::-1]|🙂猫 iH", "[1,2,3][::-1]|[3, 2, 1]",
        "1 < 2 > 3|False", "1 == 1.0|True", "(1,2) == [1,2]|False", "'a' is in 'abc' and 'b' is not in 'ac'|True",
        "\"it's a don't\" ~ \"it's\".title()|it's a don'tIt'S", "'a b  c '.split()|['a', 'b', 'c']",
        "'abc'.replace('','-')|-a-b-c-", "-2 ** 2|4", "x is defined|False", "(1 if false) ~ 'z'|z",
    })
    void expressionsGiveWhatPythonGives(String expression, String printed) {
        assertThat(render("{{ " + expression + " }}")).isEqualTo(printed);
    }

    @Test
    void filtersGiveWhatJinjaGives() {
        assertThat(render("{{ {'b': 1, 'a': [none, true, 'é\"']} | tojson }}"))
                .isEqualTo("{\"b\": 1, \"a\": [null, true, \"é\\\"\"]}");
        assertThat(render("{{ {'a': [1, {}], 'b': []} | tojson(indent=2) }}"))
                .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
        assertThat(render("{{ messages | map(attribute='role') | join(', ') | title }}")).isEqualTo("User, Assistant");
        assertThat(render("{{ messages | selectattr('role', 'equalto', 'user') | list | length }}")).isEqualTo("1");
        assertThat(render("{{ ['b','A','c'] | sort }}{{ {'b':1,'a':2} | dictsort }}"))
                .isEqualTo("['A', 'b', 'c'][('a', 2), ('b', 1)]");
        assertThat(render("{{ 'a\nb\n\nc' | indent(2, true) }}")).isEqualTo("  a\n  b\n\n  c");
        assertThat(render("{{ \"it's a-b c_d\" | title }}")).isEqualTo("It's A-B C_d");
    }

    @Test
    void trimTakesPythonsWhiteSpaceAway() {
        for (char space : new char[] {0x85, 0xa0, 0x2007, 0x202f, 0x3000, 0x1c, 0x1f, 0x2028, '\t'}) {
            Chat chat = Chat.of(Message.user(space + " x" + space + "y " + space));
            assertThat(render("{{ messages[0].content | trim }}", chat)).isEqualTo("x" + space + "y");
            assertThat(render("{{ messages[0].content.strip() }}", chat)).isEqualTo("x" + space + "y");
        }
        for (char noSpace : new char[] {0x180e, 0x200b, 0xfeff, 0x2060}) {
            Chat chat = Chat.of(Message.user(noSpace + "x"));
            assertThat(render("{{ messages[0].content | trim }}", chat)).isEqualTo(noSpace + "x");
        }
    }

    @Test
    void tagsTakeTheirLinesWhiteSpaceAwayAsInJinja() {
        assertThat(render("a\n  {% if true %}\n  b\n  {% endif %}\nc\n")).isEqualTo("a\n  b\nc");
        assertThat(render("a  {%+ if true %}\n b {% endif +%}\n c")).isEqualTo("a   b \n c");
        assertThat(render("{%- raw -%}  {{ x }}  {%- endraw -%} z")).isEqualTo("{{ x }}z");
        assertThat(render("x {#- c -#} y  {# z #}\n z")).isEqualTo("xy   z");
        assertThat(render("  {{ 'x' }}\n{{- 'y' -}}\n z")).isEqualTo("  xyz");
    }

    @Test
    void loopsScopesAndMacrosWorkAsInJinja() {
        assertThat(render("{% set x = 1 %}{% for i in range(3) %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}"))
                .isEqualTo("2221");
        assertThat(render("{% set n = namespace(x=0) %}{% for i in range(9) if i is odd %}{% if i == 7 %}{% break %}"
                        + "{% endif %}{% set n.x = n.x + i %}{{ loop.index }}{% endfor %}{{ n.x }}"))
                .isEqualTo("1239");
        assertThat(render("{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}{{ m(b=4, a=5) }}"))
                .isEqualTo("[12][54]");
        assertThat(render("{% for x in [] %}a{% else %}none{% endfor %}")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{{ nope.x }}|'nope' is undefined",
        "{{ nope + 'a' }}|'nope' is undefined",
        "{{ messages[0].no.x }}|'dict object' has no attribute 'no'",
        "{{ [1][7].x }}|list object has no element 7",
        "{{ 'a' + 1 }}|can only concatenate str (not \"int\") to str",
        "{{ 'a' < 1 }}|'<' not supported between instances of 'str' and 'int'",
        "{{ [].append(1) }}|access to attribute 'append' of 'list' object is unsafe.",
        "{{ 1 / 0 }}|division by zero",
        "{{ raise_exception('boo') }}|boo",
    })
    void problemsReadAsInJinja(String source, String problem) {
        assertThatThrownBy(() -> render(source))
                .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void errorsNameTheLineAndRaisedOnesAreTheTemplatesOwnWords() {
        assertThatThrownBy(() -> render("a\n\n{{ nope.x }}"))
                .hasMessage("'nope' is undefined (line 3 of the chat template)");
        assertThatThrownBy(() -> render("a\n{{ raise_exception('No ' ~ 1) }}")).hasMessage("No 1");
        assertThatThrownBy(() -> ChatTemplate.parse("a\n{% foo %}"))
                .hasMessageContaining("'foo'").hasMessageContaining("line 2");
        assertThatThrownBy(() -> ChatTemplate.parse("{% include 'x' %}")).hasMessageContaining("include");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(64) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(64) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(90) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x=[1], y=[1]) %}{% for i in range(90) %}{% set n.x = [n.x, n.x] %}"
                + "{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
        "{{ 'a' * 99999999999 }}",
        "{{ 'a'.center(99999999999) }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ ('a' * 10000000).replace('a', 'a' * 1000000) }}",
        "{{ ('a\n' * 100000) | indent(100000) }}",
        "{{ {} | tojson(indent=99999999999) }}",
    })
    void hostileTemplatesEndSoonWithAnError(String source) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> render(source)).isInstanceOf(TemplateException.class));
    }

    @Test
    void deepNestingIsRefused() {
        for (String open : List.of("(", "[", "not ", "-", "{% if true %}", "a.b(", "{'a':")) {
            String source = (open.startsWith("{%") ? "" : "{{ ") + open.repeat(50_000);
            assertThatThrownBy(() -> ChatTemplate.parse(source)).isInstanceOf(TemplateException.class);
        }
        assertThatThrownBy(() -> ChatTemplate.parse("{{ 1" + " + 1".repeat(50_000) + " }}"))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void theDateIsTheConversationsAndNeverTheClocks() {
        assertThat(render("{{ strftime_now('%d %b %Y') }} {{ date_string }}")).isEqualTo("03 Feb 2025 3 Feb 2025");
        assertThat(render("{{ strftime_now('%d %b %Y') }}", Chat.of(Message.user("x")))).isEqualTo("26 Jul 2024");
    }

    @Test
    void whatIsNotDataCannotBeGivenToATemplate() {
        Chat chat = new Chat(List.of(), List.of(), Map.of("v", List.of(new StringBuilder("ok"), new Object())));
        assertThatThrownBy(() -> render("x", chat)).isInstanceOf(TemplateException.class).hasMessageContaining("v[1]");
    }

    @Test
    void originsSurviveWhatTemplatesDoWithStrings() {
        String source = "{% set c = '[' ~ messages[0].content.strip() + ']' %}{{ c | upper | replace('B', 'x') }}";
        RenderedText text = ChatTemplate.parse(source)
                .render(new ChatInput(
                        Chat.of(Message.user(" abc ")),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        ChatInput.DEFAULT_DATE));
        assertThat(text.segments())
                .containsExactly(
                        new RenderedText.Segment("[", false, -1),
                        new RenderedText.Segment("A", true, 0),
                        new RenderedText.Segment("x", false, -1),
                        new RenderedText.Segment("C", true, 0),
                        new RenderedText.Segment("]", false, -1));
    }

    @Test
    void builtInTemplatesPrintTheirFormats() {
        Message user = Message.instruction("Translate", "cat");
        Chat chat = Chat.of(user, Message.assistant("猫"));
        String paired = "<s>Below is an instruction that describes a task, paired with an input that provides further"
                + " context. Write a response that appropriately completes the request.\n\n### Instruction:\n"
                + "Translate\n\n"
                + "### Input:\ncat\n\n### Response:";
        String plain = "<s>Below is an instruction that describes a task. Write a response that appropriately completes"
                + " the request.\n\n### Instruction:\nTranslate\ncat\n\n### Response:\n";
        assertThat(builtIn("alpaca", chat)).isEqualTo(paired + "猫</s>");
        assertThat(builtIn("alpaca_newline", chat)).isEqualTo(paired + "\n猫</s>");
        assertThat(builtIn("alpaca_joined", chat)).isEqualTo(plain + "猫</s>");
        assertThat(builtIn("bayling", chat))
                .isEqualTo("<s>I am an intelligent language assistant developed by the NLP Group of ICT/CAS.\n"
                        + "Below is a dialog consisting of instructions and responses. Write a response that completes"
                        + " the request.\n\n### Instruction:\nTranslate\ncat\n### Response:\n猫</s>\n");
        assertThat(builtIn("bayling3", Chat.of(Message.user(" a "))))
                .isEqualTo("<s><|start_header_id|>system<|end_header_id|>\n\nI am BayLing developed by the NLP Group of"
                        + " ICT/CAS.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\na<|eot_id|>");
        assertThat(builtIn("chatml", Chat.of(Message.user("a")))).isEqualTo("<|im_start|>user\na<|im_end|>\n");
        assertThat(builtIn("llama3", Chat.of(Message.user("a"))))
                .isEqualTo("<s><|start_header_id|>user<|end_header_id|>\n\na<|eot_id|>");
        assertThatThrownBy(() -> ChatTemplates.builtIn("chatlm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("known are alpaca");
    }

    private static String builtIn(String name, Chat chat) {
        return render(ChatTemplates.builtIn(name).source(), chat);
    }

    @Test
    void renderedLinesHoldTextOrErrorAndBadLinesAreNamed() throws IOException {
        ChatTemplate template = ChatTemplate.parse(
                "{% if not messages %}{{ raise_exception('empty') }}{% endif %}{{ date_string }}"
                        + "{{ messages[0].content }}");
        RenderLines lines = new RenderLines(template, Optional.empty(), Optional.empty());
        StringWriter out = new StringWriter();
        lines.run(
                new StringReader("{\"messages\":[{\"role\":\"user\",\"content\":\"é\"}],\"date_string\":\"d \"}\n"
                        + "{\"messages\":[]}\n"),
                out);
        assertThat(out).hasToString("{\"text\":\"d é\"}\n{\"error\":\"empty\"}\n");
        for (String bad : List.of("[]", "{", "{\"messages\":[5]}", "{\"messages\":[{\"content\":\"x\"}]}")) {
            assertThatThrownBy(() -> lines.run(new StringReader("\n" + bad), new StringWriter()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("line 2: ");
        }
    }
}
