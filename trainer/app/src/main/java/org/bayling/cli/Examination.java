package org.bayling.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bayling.corpus.Instruction;
import org.bayling.evaluation.translation.LanguageScores;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.StopRule;
import org.bayling.generate.TokenListener;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.Terminal;
import org.bayling.tokenizer.chat.Chat;
import org.bayling.tokenizer.chat.ChatRenderer;
import org.bayling.tokenizer.chat.Message;

/**
 * A model's answers to questions whose answers are known.
 *
 * @param questions asked
 * @param answers to each, in the same order
 */
record Examination(List<Instruction> questions, List<String> answers) {
    /** The longest answer expected has fewer tokens than this. */
    private static final int LONGEST_ANSWER = 24;

    Examination {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
    }

    /** Loads a model and asks it everything, greedily, each question a conversation of its own. */
    static Examination of(ModelOptions.Places model, List<Instruction> questions, String task, Terminal terminal)
            throws IOException {
        GenerationSettings settings = GenerationSettings.defaults().withMaxNewTokens(LONGEST_ANSWER);
        List<String> answers = new ArrayList<>();
        try (TalkingModel talking = TalkingModel.open(model);
                ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            ChatRenderer renderer = talking.renderer(Optional.empty());
            StopRule stop = talking.stop();
            for (Instruction question : questions) {
                int[] prompt = renderer.prompt(Chat.of(Message.user(question.instruction())));
                answers.add(talking.generator()
                        .generate(prompt, settings, stop, TokenListener.NONE)
                        .text());
                progress.on(task, answers.size(), questions.size(), "questions");
            }
        }
        return new Examination(questions, answers);
    }

    /** Scores by whatever questions are grouped by, for example their language. */
    LanguageScores scores(Function<Instruction, String> group) {
        List<LanguageScores.Answer> scored = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Instruction question = questions.get(i);
            scored.add(new LanguageScores.Answer(group.apply(question), answers.get(i), question.output()));
        }
        return LanguageScores.of(scored);
    }
}
