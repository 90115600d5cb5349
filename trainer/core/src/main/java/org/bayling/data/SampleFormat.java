package org.bayling.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bayling.config.DataConfig;
import org.bayling.data.Sample.Turn;

/** A row of one of the four formats to a {@link Sample}; the package page lists the fields. */
final class SampleFormat {
    private static final Map<String, String> NO_COLUMNS = Map.of();

    private final DataConfig.Dataset dataset;
    private final boolean corpus;

    SampleFormat(DataConfig.Dataset dataset) {
        this(dataset, false);
    }

    /** @param corpus the rows are shards of a corpus, where {@code task} and {@code group} mean what it says of them */
    SampleFormat(DataConfig.Dataset dataset, boolean corpus) {
        this.dataset = dataset;
        this.corpus = corpus;
    }

    /** The conversation that a row holds. */
    Sample read(JsonNode row) throws BadRowException {
        RowFields fields = RowFields.ofRow(row, dataset.columns());
        List<Turn> turns = new ArrayList<>();
        switch (dataset.format()) {
            case ALPACA -> alpaca(fields, turns);
            case SHAREGPT -> sharegpt(fields, turns);
            case MESSAGES -> messages(fields.list("messages"), fields.column("messages"), turns);
            case PROMPT_COMPLETION -> promptCompletion(fields, turns);
        }
        checkAnswers(turns);
        Optional<String> language = fields.optionalText("language").filter(tag -> !tag.isBlank());
        return new Sample(
                turns,
                tools(fields),
                language.or(dataset::language),
                corpus ? fields.optionalText("task") : Optional.empty(),
                corpus ? fields.optionalText("group") : Optional.empty());
    }

    /** {@code instruction, input?, output, system?, history?: [[question, answer], ...]}. */
    private static void alpaca(RowFields fields, List<Turn> turns) throws BadRowException {
        fields.optionalText("system").filter(text -> !text.isBlank()).ifPresent(text -> turns.add(Turn.of("system", text)));
        Optional<JsonNode> history = fields.optionalList("history");
        if (history.isPresent()) {
            for (JsonNode pair : history.get()) {
                if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isTextual() || !pair.get(1).isTextual()) {
                    throw fields.wrong("history", history.get(), "a list of pairs [question, answer]");
                }
                turns.add(Turn.of("user", pair.get(0).textValue()));
                turns.add(Turn.of("assistant", pair.get(1).textValue()));
            }
        }
        String instruction = fields.text("instruction");
        String output = fields.text("output");
        Optional<String> input = fields.optionalText("input").filter(text -> !text.isEmpty());
        String prompt = input.map(text -> instruction.isEmpty() ? text : instruction + "\n" + text).orElse(instruction);
        if (prompt.isBlank()) {
            throw new BadRowException(BadRow.Reason.EMPTY_PROMPT, fields.path("instruction") + " is empty");
        }
        turns.add(new Turn("user", prompt, Optional.empty(), Optional.empty(), input));
        turns.add(Turn.of("assistant", output));
    }

    /** {@code conversations: [{from, value}], system?, tools?}. */
    private static void sharegpt(RowFields fields, List<Turn> turns) throws BadRowException {
        fields.optionalText("system").filter(text -> !text.isBlank()).ifPresent(text -> turns.add(Turn.of("system", text)));
        JsonNode conversations = fields.list("conversations");
        for (int i = 0; i < conversations.size(); i++) {
            String where = fields.column("conversations") + "[" + i + "]";
            RowFields message = RowFields.of(conversations.get(i), NO_COLUMNS, where);
            String from = message.text("from");
            Optional<Boolean> train = message.optionalFlag("train");
            if (from.equals("function_call")) {
                turns.add(new Turn(
                        "assistant", "", Optional.of(calls(message)), train, Optional.empty()));
            } else {
                String role = role(from, message.path("from"));
                turns.add(new Turn(role, message.text("value"), Optional.empty(), train, Optional.empty()));
            }
        }
    }

    /** {@code [{role, content, tool_calls?, train?}]}. */
    private static void messages(JsonNode list, String name, List<Turn> turns) throws BadRowException {
        for (int i = 0; i < list.size(); i++) {
            RowFields message = RowFields.of(list.get(i), NO_COLUMNS, name + "[" + i + "]");
            String role = role(message.text("role"), message.path("role"));
            Optional<JsonNode> calls = message.optionalList("tool_calls").filter(array -> !array.isEmpty());
            String content = calls.isPresent() ? message.optionalText("content").orElse("") : message.text("content");
            turns.add(new Turn(role, content, calls, message.optionalFlag("train"), Optional.empty()));
        }
    }

    /** {@code prompt, completion}: two texts, or two lists of messages of which the completion's are trained. */
    private static void promptCompletion(RowFields fields, List<Turn> turns) throws BadRowException {
        for (String part : List.of("prompt", "completion")) {
            int before = turns.size();
            JsonNode value = fields.value(part).orElseThrow(() -> fields.missing(part));
            boolean prompt = part.equals("prompt");
            if (value.isTextual() && !value.textValue().stripLeading().startsWith("[{")) {
                turns.add(Turn.of(prompt ? "user" : "assistant", fields.text(part)));
            } else {
                List<Turn> list = new ArrayList<>();
                messages(fields.list(part), fields.column(part), list);
                list.forEach(turn -> turns.add(prompt && turn.assistant() ? turn.trained(false) : turn));
            }
            if (prompt && (turns.size() == before || turns.get(before).content().isBlank())) {
                throw new BadRowException(BadRow.Reason.EMPTY_PROMPT, fields.path(part) + " is empty");
            }
        }
    }

    private static String role(String name, String path) throws BadRowException {
        return switch (name) {
            case "system" -> "system";
            case "user", "human" -> "user";
            case "assistant", "gpt" -> "assistant";
            case "tool", "observation" -> "tool";
            default -> throw new BadRowException(
                    BadRow.Reason.UNKNOWN_ROLE,
                    path + " is '" + name + "', expected system, user (human), assistant (gpt), tool (observation)"
                            + " or, in sharegpt, function_call");
        };
    }

    /** ShareGPT's call, {@code {"name", "arguments"}} or a list of them, as templates take it. */
    private static JsonNode calls(RowFields message) throws BadRowException {
        JsonNode value = JsonRows.parse(message.text("value"));
        var calls = JsonRows.MAPPER.createArrayNode();
        for (JsonNode call : value.isArray() ? value : List.of(value)) {
            if (!call.path("name").isTextual() || !call.has("arguments")) {
                throw message.wrong("value", call, "{\"name\": ..., \"arguments\": ...}");
            }
            calls.addObject().put("type", "function").set("function", call);
        }
        return calls;
    }

    private static Optional<JsonNode> tools(RowFields fields) throws BadRowException {
        return fields.optionalList("tools").filter(list -> !list.isEmpty());
    }

    private static void checkAnswers(List<Turn> turns) throws BadRowException {
        boolean answered = false;
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            if (!turn.assistant()) {
                continue;
            }
            if (turn.content().isBlank() && turn.toolCalls().isEmpty() && turn.train().orElse(true)) {
                throw new BadRowException(BadRow.Reason.EMPTY_ANSWER, "message " + (i + 1) + " of " + turns.size()
                        + ", an assistant's, is empty");
            }
            answered = true;
        }
        if (!answered) {
            throw new BadRowException(BadRow.Reason.TRAINS_NOTHING, "the conversation has no message of an assistant");
        }
    }
}
