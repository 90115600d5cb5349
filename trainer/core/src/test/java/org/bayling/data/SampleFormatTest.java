package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bayling.config.DataConfig.Format;
import org.bayling.data.BadRow.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleFormatTest {

    private static Sample read(Format format, String row) throws BadRowException {
        return new SampleFormat(DataSettings.dataset(format, "d")).read(JsonRows.parse(row.replace('\'', '"')));
    }

    /** {@code <system>s<user>hi<assistant!>ho}: what the row says of training is shown by ! and ~. */
    private static String shown(Sample sample) {
        return sample.turns().stream()
                .map(turn -> "<" + turn.role() + turn.train().map(train -> train ? "!" : "~").orElse("") + ">"
                        + turn.content() + turn.toolCalls().map(JsonNode::toString).orElse(""))
                .collect(Collectors.joining());
    }

    static List<Arguments> rows() {
        return List.of(
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':'ho'}", "<user>hi<assistant>ho"),
                Arguments.of(
                        Format.ALPACA,
                        "{'instruction':'hi','input':'','output':'ho','system':'','history':[]}",
                        "<user>hi<assistant>ho"),
                Arguments.of(
                        Format.ALPACA, "{'instruction':'hi','input':'x y','output':'ho'}", "<user>hi\nx y<assistant>ho"),
                Arguments.of(Format.ALPACA, "{'instruction':'','input':'x','output':'ho'}", "<user>x<assistant>ho"),
                Arguments.of(
                        Format.ALPACA,
                        "{'instruction':'hi','input':null,'output':'ho','system':'s','history':[['a','b'],['c','d']]}",
                        "<system>s<user>a<assistant>b<user>c<assistant>d<user>hi<assistant>ho"),
                Arguments.of(
                        Format.SHAREGPT,
                        "{'system':'s','conversations':[{'from':'human','value':'hi'},{'from':'gpt','value':'ho'}]}",
                        "<system>s<user>hi<assistant>ho"),
                Arguments.of(
                        Format.SHAREGPT,
                        "{'conversations':[{'from':'system','value':'s'},{'from':'user','value':'hi'},"
                                + "{'from':'function_call','value':'{\\'name\\':\\'f\\',\\'arguments\\':{\\'x\\':1}}'},"
                                + "{'from':'observation','value':'3'},{'from':'assistant','value':'ho','train':true}]}",
                        "<system>s<user>hi<assistant>[{\"type\":\"function\",\"function\":{\"name\":\"f\","
                                + "\"arguments\":{\"x\":1}}}]<tool>3<assistant!>ho"),
                Arguments.of(
                        Format.MESSAGES,
                        "{'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'no','train':false},"
                                + "{'role':'user','content':'hi?'},{'role':'assistant','content':'ho'}]}",
                        "<user>hi<assistant~>no<user>hi?<assistant>ho"),
                Arguments.of(
                        Format.MESSAGES,
                        "{'messages':[{'role':'user','content':'hi'},"
                                + "{'role':'assistant','content':null,'tool_calls':[{'id':'1'}]},"
                                + "{'role':'tool','content':'3'},{'role':'assistant','content':'ho'}]}",
                        "<user>hi<assistant>[{\"id\":\"1\"}]<tool>3<assistant>ho"),
                Arguments.of(
                        Format.MESSAGES,
                        "{'messages':'[{\\'role\\':\\'user\\',\\'content\\':\\'hi\\'},"
                                + "{\\'role\\':\\'assistant\\',\\'content\\':\\'ho\\'}]'}",
                        "<user>hi<assistant>ho"),
                Arguments.of(Format.PROMPT_COMPLETION, "{'prompt':'hi','completion':'ho'}", "<user>hi<assistant>ho"),
                Arguments.of(
                        Format.PROMPT_COMPLETION,
                        "{'prompt':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},"
                                + "{'role':'user','content':'hi'}],'completion':[{'role':'assistant','content':'ho'}]}",
                        "<user>a<assistant~>b<user>hi<assistant>ho"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyFieldOfEveryFormatIsRead(Format format, String row, String conversation) throws BadRowException {
        assertThat(shown(read(format, row))).isEqualTo(conversation);
    }

    static List<Arguments> badRows() {
        String answer = "{'role':'assistant','content':'ho'}";
        return List.of(
                Arguments.of(Format.ALPACA, "['instruction']", Reason.WRONG_TYPE, "the row is a list"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi'}", Reason.MISSING_FIELD, "'output' is absent; the row has instruction"),
                Arguments.of(Format.ALPACA, "{'output':'ho'}", Reason.MISSING_FIELD, "'instruction'"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':null}", Reason.MISSING_FIELD, "'output'"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':3}", Reason.WRONG_TYPE, "'output' is a number"),
                Arguments.of(Format.ALPACA, "{'instruction':['hi'],'output':'ho'}", Reason.WRONG_TYPE, "'instruction' is a list"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':' \\n'}", Reason.EMPTY_ANSWER, "message 2 of 2"),
                Arguments.of(Format.ALPACA, "{'instruction':'','output':'ho'}", Reason.EMPTY_PROMPT, "'instruction' is empty"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':'ho','history':[['a']]}", Reason.WRONG_TYPE, "pairs"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':'ho','history':'x'}", Reason.WRONG_TYPE, "'history' is a string"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':'ho','language':3}", Reason.WRONG_TYPE, "'language'"),
                Arguments.of(Format.ALPACA, "{'instruction':'h\\ud83di','output':'ho'}", Reason.LONE_SURROGATE, "\\ud83d, at character 1"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':'\\ude00'}", Reason.LONE_SURROGATE, "'output'"),
                Arguments.of(Format.ALPACA, "{'instruction':'hi','output':'ho','history':[['\\ude00','b']]}", Reason.LONE_SURROGATE, "'history'"),
                Arguments.of(Format.SHAREGPT, "{'conversations':[]}", Reason.TRAINS_NOTHING, "no message of an assistant"),
                Arguments.of(Format.SHAREGPT, "{'conversations':{}}", Reason.WRONG_TYPE, "'conversations' is an object"),
                Arguments.of(Format.SHAREGPT, "{'conversations':[{'from':'human','value':'hi'}]}", Reason.TRAINS_NOTHING, "assistant"),
                Arguments.of(Format.SHAREGPT, "{'conversations':[{'from':'bot','value':'hi'}]}", Reason.UNKNOWN_ROLE, "conversations[0].from is 'bot'"),
                Arguments.of(Format.SHAREGPT, "{'conversations':[{'from':'gpt'}]}", Reason.MISSING_FIELD, "conversations[0].value"),
                Arguments.of(Format.SHAREGPT, "{'conversations':['x']}", Reason.WRONG_TYPE, "conversations[0] is a string"),
                Arguments.of(Format.SHAREGPT, "{'conversations':[{'from':'function_call','value':'{'}]}", Reason.NOT_JSON, ""),
                Arguments.of(Format.SHAREGPT, "{'conversations':[{'from':'function_call','value':'{}'}]}", Reason.WRONG_TYPE, "name"),
                Arguments.of(Format.MESSAGES, "{'text':'hi'}", Reason.MISSING_FIELD, "'messages' is absent; the row has text"),
                Arguments.of(Format.MESSAGES, "{'messages':[{'role':'user'}," + answer + "]}", Reason.MISSING_FIELD, "messages[0].content"),
                Arguments.of(Format.MESSAGES, "{'messages':[{'content':'x'}," + answer + "]}", Reason.MISSING_FIELD, "messages[0].role"),
                Arguments.of(Format.MESSAGES, "{'messages':[{'role':'User','content':'x'}]}", Reason.UNKNOWN_ROLE, "'User'"),
                Arguments.of(Format.MESSAGES, "{'messages':[{'role':'assistant','content':'ho','train':'yes'}]}", Reason.WRONG_TYPE, "messages[0].train"),
                Arguments.of(Format.MESSAGES, "{'messages':[{'role':'assistant','content':''}]}", Reason.EMPTY_ANSWER, "message 1 of 1"),
                Arguments.of(Format.PROMPT_COMPLETION, "{'prompt':'hi'}", Reason.MISSING_FIELD, "'completion'"),
                Arguments.of(Format.PROMPT_COMPLETION, "{'prompt':3,'completion':'ho'}", Reason.WRONG_TYPE, "'prompt'"),
                Arguments.of(Format.PROMPT_COMPLETION, "{'prompt':[],'completion':'ho'}", Reason.EMPTY_PROMPT, "'prompt'"),
                Arguments.of(Format.PROMPT_COMPLETION, "{'prompt':'hi','completion':''}", Reason.EMPTY_ANSWER, "message 2"));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void badRowsAreRefusedWithTheReason(Format format, String row, Reason reason, String detail) {
        BadRowException bad = catchThrowableOfType(BadRowException.class, () -> read(format, row));

        assertThat(bad).as(row).isNotNull();
        assertThat(bad.reason()).isEqualTo(reason);
        assertThat(bad).hasMessageContaining(detail);
    }

    @Test
    void columnsMapOurNamesToTheFilesOwn() throws BadRowException {
        var dataset = DataSettings.withColumns(
                DataSettings.alpaca("d"), Map.of("instruction", "question", "output", "answer", "language", "lang"));
        JsonNode row = JsonRows.parse("{\"question\":\"hi\",\"answer\":\"ho\",\"lang\":\"cy\",\"output\":3}");

        Sample sample = new SampleFormat(dataset).read(row);

        assertThat(shown(sample)).isEqualTo("<user>hi<assistant>ho");
        assertThat(sample.language()).contains("cy");
    }

    @Test
    void theRowsLanguageGoesBeforeTheDataSets() throws BadRowException {
        SampleFormat format = new SampleFormat(DataSettings.inLanguage(DataSettings.alpaca("d"), "no"));

        assertThat(format.read(JsonRows.parse("{\"instruction\":\"a\",\"output\":\"b\"}")).language()).contains("no");
        assertThat(format.read(JsonRows.parse("{\"instruction\":\"a\",\"output\":\"b\",\"language\":\"nn\"}")).language())
                .contains("nn");
    }

    @Test
    void toolsAreAListOrItsText() throws BadRowException {
        String row = "{'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'ho'}],'tools':%s}";

        assertThat(read(Format.MESSAGES, row.formatted("[{'name':'f'}]")).tools().map(JsonNode::toString))
                .contains("[{\"name\":\"f\"}]");
        assertThat(read(Format.MESSAGES, row.formatted("'[{\\'name\\':\\'f\\'}]'")).tools().map(JsonNode::toString))
                .contains("[{\"name\":\"f\"}]");
        assertThat(read(Format.MESSAGES, row.formatted("''")).tools()).isEqualTo(Optional.empty());
    }

    @Test
    void alpacasInputIsKeptApartForTemplatesThatWantIt() throws BadRowException {
        Sample sample = read(Format.ALPACA, "{'instruction':'hi','input':'x','output':'ho'}");

        assertThat(sample.turns().get(0).input()).contains("x");
        assertThat(sample.turns().get(0).content()).isEqualTo("hi\nx");
    }
}
