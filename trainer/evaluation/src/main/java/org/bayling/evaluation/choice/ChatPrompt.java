package org.bayling.evaluation.choice;

import java.util.ArrayList;
import java.util.List;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.Message;
import org.bayling.tokenizer.chat.TemplateException;

/**
 * A conversation in the model's chat template, as lm-evaluation-harness has it: the description is the system message,
 * examples and question are one user message or, as {@code multiturn}, one exchange each, and options follow the
 * template's own beginning of an answer without a delimiter.
 *
 * @param renderer of the model
 * @param multiturn whether each example is a message with its answer
 */
public record ChatPrompt(ChatRenderer renderer, boolean multiturn) implements ChoicePrompt {

    /** @throws TemplateException when the template refuses the conversation, also without a system message */
    @Override
    public String context(ChoiceItem item, ChoiceItem.Option option) {
        List<Message> messages = new ArrayList<>();
        if (multiturn) {
            for (ChoiceItem.Example example : item.examples()) {
                messages.add(Message.user(example.context()));
                messages.add(Message.assistant(example.answer()));
            }
            messages.add(Message.user(option.context()));
        } else {
            messages.add(Message.user(PlainPrompt.withExamples(item, option)));
        }
        return item.description().isEmpty() ? text(messages) : withSystem(item.description(), messages);
    }

    /** Some templates know no system message; it is left out for them. */
    private String withSystem(String system, List<Message> messages) {
        List<Message> all = new ArrayList<>(List.of(Message.system(system)));
        all.addAll(messages);
        try {
            return text(all);
        } catch (TemplateException refused) {
            return text(messages);
        }
    }

    private String text(List<Message> messages) {
        return renderer.text(new Chat(messages), true).string();
    }

    @Override
    public String delimiter() {
        return "";
    }
}
