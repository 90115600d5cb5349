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
    private final Optional<String> template;
    private Tokenizer tokenizer;
    private LlamaModel llama;
    private KeptLikelihoods likelihoods;
    private Optional<KeptAnswers> answers = Optional.empty();
    private int known;

    private EvaluationModel(ModelOptions.Places places, Optional<String> template) {
        this.places = places;
        this.template = template;
    }

    /**
     * Loads a model whose files are open; they must stay so.
     *
     * @param template of its chat, where it is not the model's own
     * @param folder of the evaluation
     * @param translates whether it will be asked for answers
     */
    static EvaluationModel load(
            ModelOptions.Places places, OpenedModel opened, Optional<String> template, Path folder, boolean translates)
            throws IOException {
        EvaluationModel model = new EvaluationModel(places, template);
        try {
            model.load(opened, folder, translates);
            return model;
        } catch (IOException | RuntimeException | Error problem) {
            model.close();
            throw problem;
        }
    }

    private void load(OpenedModel opened, Path folder, boolean translates) throws IOException {
        String fingerprint = opened.fingerprint(ModelPrecision.FP32);
        ResultsFile kept = owned.own(
                ResultsFile.open(folder.resolve(LIKELIHOODS), KeptLikelihoods.KIND, fingerprint, opened.name()));
        known = kept.size();
        tokenizer = owned.own(ModelTokenizer.open(places.base()));
        Kernels kernels = owned.own(Kernels.open(OptionalInt.empty()));
        llama = owned.own(opened.load(kernels, Trained.NOTHING, ModelPrecision.FP32));
        likelihoods = new KeptLikelihoods(new LogLikelihood(kernels, llama), kept);
        if (translates) {
            ResultsFile written = owned.own(
                    ResultsFile.open(folder.resolve(ANSWERS), KeptAnswers.KIND, fingerprint, opened.name()));
            known += written.size();
            BatchGenerator generator = owned.own(
                    new BatchGenerator(kernels, llama, Optional.of(tokenizer), Generator.DEFAULT_CACHE_BYTES));
            answers = Optional.of(new KeptAnswers(generator, StopRule.of(opened.files(), tokenizer), written));
        }
    }

    /** Items that were kept when it was opened. */
    int known() {
        return known;
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
    public KeptLikelihoods likelihoods() {
        return likelihoods;
    }

    @Override
    public KeptAnswers answers() {
        return answers.orElseThrow(() -> new IllegalStateException("the model was not loaded for answers"));
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
