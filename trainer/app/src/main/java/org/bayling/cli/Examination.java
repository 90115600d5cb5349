package org.bayling.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bayling.corpus.Instruction;
import org.bayling.evaluation.translation.LanguageScores;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.FinishedListener;
import org.bayling.generate.GenerationRequest;
import org.bayling.generate.GenerationSettings;
import org.bayling.generate.Generator;
import org.bayling.observe.ConsoleTaskProgress;
import org.bayling.observe.TaskProgress;
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
        String[] answers = new String[questions.size()];
        int[] done = {0};
        try (TalkingModel talking = TalkingModel.open(model);
                BatchGenerator generator = talking.batchGenerator(Generator.DEFAULT_CACHE_BYTES);
                ConsoleTaskProgress progress = new ConsoleTaskProgress(terminal, InstantSource.system())) {
            ChatRenderer renderer = talking.renderer(Optional.empty());
            List<GenerationRequest> requests = questions.stream()
                    .map(question -> renderer.prompt(Chat.of(Message.user(question.instruction()))))
                    .map(GenerationRequest::of)
                    .toList();
            FinishedListener listener = (index, results) -> {
                answers[index] = results.get(0).text();
                progress.on(task, ++done[0], answers.length, "questions");
            };
            generator.run(requests, settings, talking.stop(), listener, TaskProgress.silent());
        }
        return new Examination(questions, List.of(answers));
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
