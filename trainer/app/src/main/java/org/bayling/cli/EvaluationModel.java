package org.bayling.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.bayling.evaluation.likelihood.KeptLikelihoods;
import org.bayling.evaluation.likelihood.LogLikelihood;
import org.bayling.evaluation.results.ResultsFile;
import org.bayling.evaluation.suite.EvaluatedModel;
import org.bayling.evaluation.translate.KeptAnswers;
import org.bayling.generate.BatchGenerator;
import org.bayling.generate.Generator;
import org.bayling.generate.StopRule;
import org.bayling.io.OwnedResources;
import org.bayling.model.LlamaModel;
import org.bayling.model.ModelLoader.Trained;
import org.bayling.model.ModelPrecision;
import org.bayling.observe.Terminal;
import org.bayling.tensor.Kernels;
import org.bayling.tokenizer.Tokenizer;
import org.bayling.tokenizer.chat.ChatRenderer;

/**
 * A model that is loaded to be evaluated, and what is kept of earlier evaluations of it. Products run in fp32, in which
 * numbers are compared. Owns everything but the model's files; confined to one thread.
 */
final class EvaluationModel implements EvaluatedModel, AutoCloseable {
    /** What is kept of log-likelihoods, in the folder of an evaluation. */
    private static final String LIKELIHOODS = "likelihoods.jsonl";
    /** What is kept of translations. */
    private static final String ANSWERS = "answers.jsonl";

    private final OwnedResources owned = new OwnedResources();
    private final ModelOptions.Places places;
    private final OpenedModel opened;
    private final Optional<String> template;
    private final Path folder;
    private final Terminal terminal;
    private Tokenizer tokenizer;
    private Kernels kernels;
    private LlamaModel llama;
    private Optional<KeptLikelihoods> likelihoods = Optional.empty();
    private Optional<KeptAnswers> answers = Optional.empty();

    private EvaluationModel(
            ModelOptions.Places places, OpenedModel opened, Optional<String> template, Path folder, Terminal terminal) {
        this.places = places;
        this.opened = opened;
        this.template = template;
        this.folder = folder;
        this.terminal = terminal;
    }

    /**
     * Loads a model whose files are open; they must stay so.
     *
     * @param template of its chat, where it is not the model's own
     * @param folder of the evaluation; nothing is written there before it is needed
     * @param terminal is told what is known already
     */
    static EvaluationModel load(
            ModelOptions.Places places, OpenedModel opened, Optional<String> template, Path folder, Terminal terminal)
            throws IOException {
        EvaluationModel model = new EvaluationModel(places, opened, template, folder, terminal);
        try {
            model.load();
            return model;
        } catch (IOException | RuntimeException | Error problem) {
            model.close();
            throw problem;
        }
    }

    private void load() throws IOException {
        tokenizer = owned.own(ModelTokenizer.open(places.base()));
        kernels = owned.own(Kernels.open(OptionalInt.empty()));
        llama = owned.own(opened.load(kernels, Trained.NOTHING, ModelPrecision.FP32));
    }

    private ResultsFile kept(String name, ResultsFile.Kind kind) throws IOException {
        Path path = folder.resolve(name);
        ResultsFile file =
                owned.own(ResultsFile.open(path, kind, opened.fingerprint(ModelPrecision.FP32), opened.name()));
        if (file.size() > 0) {
            terminal.println(path + ": " + file.size() + " items are there");
        }
        return file;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public int maxLength() {
        return (int) Math.min(Integer.MAX_VALUE - 8, llama.config().maxPositionEmbeddings());
    }

    @Override
    public KeptLikelihoods likelihoods() throws IOException {
        if (likelihoods.isEmpty()) {
            ResultsFile file = kept(LIKELIHOODS, KeptLikelihoods.KIND);
            likelihoods = Optional.of(new KeptLikelihoods(new LogLikelihood(kernels, llama), file));
        }
        return likelihoods.get();
    }

    @Override
    public KeptAnswers answers() throws IOException {
        if (answers.isEmpty()) {
            ResultsFile file = kept(ANSWERS, KeptAnswers.KIND);
            BatchGenerator generator = owned.own(
                    new BatchGenerator(kernels, llama, Optional.of(tokenizer), Generator.DEFAULT_CACHE_BYTES));
            answers = Optional.of(new KeptAnswers(generator, StopRule.of(opened.files(), tokenizer), file));
        }
        return answers.get();
    }

    @Override
    public ChatRenderer renderer() throws IOException {
        return new ChatRenderer(tokenizer, ModelTemplate.of(template, places, tokenizer));
    }

    @Override
    public void close() throws IOException {
        owned.close();
    }
}
