package org.bayling.evaluation.alignment.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bayling.evaluation.alignment.AlignmentJson;
import org.bayling.evaluation.alignment.AlignmentResult;
import org.bayling.evaluation.alignment.AlignmentStudy;
import org.bayling.evaluation.alignment.Measure;
import org.bayling.evaluation.alignment.Pooling;
import org.bayling.io.CorruptFileException;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files of states to alignment.json; the values are those of {@link SentenceMatrixTest}. */
class AlignmentAnalysisTest {
    private static final double SINGLE = 1e-6;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        List<AlignmentStudy.Language> languages = List.of(
                new AlignmentStudy.Language("eng_Latn", "English", "Latn", 12, 0),
                new AlignmentStudy.Language("deu_Latn", "German", "Latn", 15, 0),
                new AlignmentStudy.Language("tha_Thai", "Thai", "Thai", 40, 1));
        AlignmentStudy study = new AlignmentStudy(
                "m", "float32", "d", Pooling.MEAN, 3, 2, List.of("embed_tokens", "norm"), List.of("eng_Latn"), languages);
        Files.writeString(folder.resolve(AlignmentJson.STATES), AlignmentJson.text(study));
        states(0, new float[] {2, 0, -1, 1, -1, -1}, new float[] {1, 0, 0, 1, -1, -1}, new float[] {2, 0, -1, -1, -1, 1});
        states(1, new float[] {1, 0, 0, 1, -1, -1}, new float[] {6, 5, 3, 5, 3, 5}, new float[] {0, 0, 0, 0, 0, 0});
    }

    private void states(int layer, float[]... languages) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(3 * 3 * 2 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] language : languages) {
            for (float value : language) {
                bytes.putFloat(value);
            }
        }
        Files.write(folder.resolve(AlignmentStudy.statesFile(layer)), bytes.array());
    }

    @Test
    void everyLanguageIsComparedWithThePivotInEveryLayer() throws IOException {
        List<Long> done = new ArrayList<>();
        AlignmentAnalysis.run(folder, (name, count, total, unit) -> done.add(count));
        AlignmentResult result = AlignmentJson.read(folder);
        double s = Math.sqrt(0.5);
        assertThat(result.value(Measure.CKA, 0, 0, 0)).isCloseTo(1, within(SINGLE));
        assertThat(result.value(Measure.RETRIEVAL, 0, 0, 0)).isEqualTo(1);
        assertThat(result.value(Measure.COSINE_MARGIN, 0, 1, 0)).isCloseTo((2 + s) / 3 + 4 * s / 6, within(SINGLE));
        assertThat(result.value(Measure.RETRIEVAL_TO_PIVOT, 0, 1, 0)).isEqualTo(1);
        assertThat(result.value(Measure.RETRIEVAL_FROM_PIVOT, 0, 2, 0)).isCloseTo(1.0 / 3, within(SINGLE));
        assertThat(result.value(Measure.CKA, 1, 1, 0)).isCloseTo(9 / (Math.sqrt(10) * 6), within(SINGLE));
        assertThat(result.value(Measure.CKA, 1, 2, 0)).isZero();
        assertThat(result.mean(Measure.RETRIEVAL, 0, 0)).as("without the pivot itself").isCloseTo(2.0 / 3, within(SINGLE));
        assertThat(result.bestLayer()).isZero();
        assertThat(result.layers().get(1).map().get(1).x()).as("the means are (0,0), (4,5), (0,0)").isPositive();
        assertThat(done).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(result.study().languages().get(2).cut()).isEqualTo(1);
    }

    @Test
    void theSameStatesGiveTheSameBytes() throws IOException {
        AlignmentAnalysis.run(folder, TaskProgress.silent());
        byte[] first = Files.readAllBytes(folder.resolve(AlignmentJson.RESULT));
        AlignmentAnalysis.run(folder, TaskProgress.silent());
        assertThat(folder.resolve(AlignmentJson.RESULT)).hasBinaryContent(first);
    }

    @Test
    void aFileThatIsCutOffIsNamed() throws IOException {
        Path file = folder.resolve(AlignmentStudy.statesFile(1));
        Files.write(file, new byte[70]);
        assertThatThrownBy(() -> AlignmentAnalysis.run(folder, TaskProgress.silent()))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContainingAll("layer-1.f32", "70 bytes", "expected 72 bytes");
        assertThat(folder.resolve(AlignmentJson.RESULT)).doesNotExist();
    }
}
