package org.bayling.evaluation.alignment.analysis;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.evaluation.alignment.AlignmentJson;
import org.bayling.evaluation.alignment.AlignmentResult;
import org.bayling.evaluation.alignment.AlignmentStudy;
import org.bayling.evaluation.alignment.Scores;
import org.bayling.io.CorruptFileException;
import org.bayling.io.MappedFile;
import org.bayling.io.OwnedResources;
import org.bayling.observe.TaskProgress;

/**
 * Compares all languages of a folder of states with the pivots, layer by layer. In memory are the matrices of the pivots
 * and of one language.
 */
public final class AlignmentAnalysis {
    private final Path folder;
    private final AlignmentStudy study;

    private AlignmentAnalysis(Path folder, AlignmentStudy study) {
        this.folder = folder;
        this.study = study;
    }

    /**
     * Reads {@code states.json} and the layers' files, and puts {@code alignment.json} beside them.
     *
     * @param progress told of every language of every layer
     */
    public static void run(Path folder, TaskProgress progress) throws IOException {
        AlignmentStudy study = AlignmentJson.readStudy(folder.resolve(AlignmentJson.STATES));
        AlignmentResult result = new AlignmentAnalysis(folder, study).result(progress);
        Files.writeString(folder.resolve(AlignmentJson.RESULT), AlignmentJson.text(result), StandardCharsets.UTF_8);
    }

    private AlignmentResult result(TaskProgress progress) throws IOException {
        List<AlignmentResult.Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < study.layers().size(); layer++) {
            Path file = folder.resolve(AlignmentStudy.statesFile(layer));
            try (MappedFile states = MappedFile.open(file)) {
                long bytes = languageBytes() * study.languages().size();
                if (states.length() != bytes) {
                    throw new CorruptFileException(
                            file, "the states are cut off", states.length() + " bytes", bytes + " bytes");
                }
                layers.add(layer(states, layer, progress));
            }
        }
        return new AlignmentResult(study, layers);
    }

    private AlignmentResult.Layer layer(MappedFile states, int layer, TaskProgress progress) throws IOException {
        int languages = study.languages().size();
        long done = (long) layer * languages;
        List<List<Scores>> scores = new ArrayList<>();
        double[][] means = new double[languages][study.hiddenSize()];
        try (OwnedResources owned = new OwnedResources()) {
            List<SentenceMatrix> pivots = new ArrayList<>();
            for (int p = 0; p < study.pivots().size(); p++) {
                int language = study.pivotLanguage(p);
                pivots.add(owned.own(matrix(states, language, means[language])));
            }
            for (int l = 0; l < languages; l++) {
                try (SentenceMatrix matrix = matrix(states, l, means[l])) {
                    scores.add(pivots.stream().map(matrix::scores).toList());
                }
                progress.on("comparing layers", ++done, (long) languages * study.layers().size(), "comparisons");
            }
        }
        LanguageMap map = LanguageMap.of(means);
        return new AlignmentResult.Layer(scores, map.places(), map.explained());
    }

    private SentenceMatrix matrix(MappedFile states, int language, double[] mean) throws IOException {
        FloatBuffer vectors = states.view(language * languageBytes(), Math.toIntExact(languageBytes())).asFloatBuffer();
        double[] values = new double[vectors.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = vectors.get(i);
        }
        return SentenceMatrix.centred(values, study.sentences(), study.hiddenSize(), mean);
    }

    private long languageBytes() {
        return 4L * study.sentences() * study.hiddenSize();
    }
}
