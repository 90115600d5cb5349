package org.bayling.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.bayling.data.DataException;
import org.bayling.evaluation.scoring.CorpusScoring.SystemResult;
import org.bayling.evaluation.translation.Bleu;
import org.bayling.evaluation.translation.Chrf;
import org.bayling.evaluation.translation.Ter;
import org.bayling.evaluation.translation.TranslationMetric;
import org.bayling.observe.TaskProgress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusScoringTest {
    private static final List<TranslationMetric> METRICS =
            List.of(Bleu.standard(), Chrf.chrf2PlusPlus(), Ter.standard());
    private static final int LINES = 1500;

    @TempDir
    private Path temp;

    private Path hypotheses;
    private Path first;
    private Path second;

    @BeforeEach
    void writeMoreThanABatchOfLines() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        hypotheses = write("hyp", lines(random));
        first = write("ref", lines(random));
        second = write("ref2", lines(random));
    }

    private static List<String> lines(SplittableRandom random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            StringBuilder line = new StringBuilder();
            for (int word = random.nextInt(12); word >= 0; word--) {
                line.append("wort").append(random.nextInt(5)).append(random.nextInt(9) == 0 ? ", " : " ");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(temp.resolve(name), String.join("\n", lines) + "\n");
    }

    private List<SystemResult> run(int threads, Path hypothesis, Path... references) throws IOException {
        return new CorpusScoring(
                        List.of(hypothesis), List.of(references), Optional.empty(), METRICS, Optional.empty(), true)
                .run(threads, TaskProgress.silent());
    }

    @Test
    void filesScoreAsTheirLinesDo() throws IOException {
        SystemResult result = run(2, hypotheses, first, second).get(0);
        List<List<String>> references = new ArrayList<>();
        List<String> theirs = Files.readAllLines(second);
        for (String line : Files.readAllLines(first)) {
            references.add(List.of(line.stripTrailing(), theirs.get(references.size()).stripTrailing()));
        }
        List<String> ours =
                Files.readAllLines(hypotheses).stream().map(String::stripTrailing).toList();
        for (int m = 0; m < METRICS.size(); m++) {
            double score = METRICS.get(m).score(result.tables().get(m).sums()).score();
            assertThat(score).isPositive().isCloseTo(METRICS.get(m).corpus(ours, references), within(0.0));
        }
        assertThat(result.outputs().segments()).isEqualTo(LINES);
    }

    @Test
    void everyNumberOfThreadsGivesTheSameNumbers() throws IOException {
        SystemResult one = run(1, hypotheses, first, second).get(0);
        SystemResult five = run(5, hypotheses, first, second).get(0);
        for (int m = 0; m < METRICS.size(); m++) {
            assertThat(five.tables().get(m).sums()).isEqualTo(one.tables().get(m).sums());
            for (int segment = 0; segment < LINES; segment++) {
                assertThat(five.tables().get(m).row(segment))
                        .isEqualTo(one.tables().get(m).row(segment));
            }
        }
        assertThat(five.outputs()).isEqualTo(one.outputs());
    }

    @Test
    void systemsAreScoredAsIfEachWereAlone() throws IOException {
        List<SystemResult> both = new CorpusScoring(
                        List.of(second, hypotheses),
                        List.of(first),
                        Optional.empty(),
                        METRICS,
                        Optional.empty(),
                        false)
                .run(2, TaskProgress.silent());
        SystemResult alone = run(2, hypotheses, first).get(0);
        for (int m = 0; m < METRICS.size(); m++) {
            assertThat(both.get(1).tables().get(m).sums())
                    .isEqualTo(alone.tables().get(m).sums());
        }
    }

    @Test
    void compressionLineEndsAndAMissingLastOneMakeNoDifference() throws IOException {
        String text = Files.readString(hypotheses);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(bytes);
        }
        double[] expected = run(2, hypotheses, first).get(0).tables().get(1).sums();
        List<byte[]> forms = List.of(
                gzip.toByteArray(),
                Zstd.compress(bytes),
                text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
                text.stripTrailing().getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8));
        for (byte[] form : forms) {
            Path file = Files.write(temp.resolve("form"), form);
            assertThat(run(2, file, first).get(0).tables().get(1).sums()).isEqualTo(expected);
        }
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        Path ours = Files.writeString(temp.resolve("ours"), "a\u2028b\u0085c\rd\n");
        Path theirs = Files.writeString(temp.resolve("theirs"), "a b c d\n");
        assertThat(run(1, ours, theirs).get(0).outputs().segments()).isEqualTo(1);
    }

    @Test
    void aDamagedArchiveIsRefusedByNameAndLine() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(Files.readAllBytes(hypotheses));
        }
        byte[] cut = Arrays.copyOf(gzip.toByteArray(), gzip.size() / 2);
        Path file = Files.write(temp.resolve("cut.gz"), cut);
        assertThatThrownBy(() -> run(2, file, first))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("(?s).*cut\\.gz:\\d+: the compressed file is broken off or damaged here.*");
    }

    @Test
    void aShorterFileIsNamedWithBothLengthsWhereverItEnds() throws IOException {
        List<String> lines = Files.readAllLines(first);
        Path shorter = write("shorter", lines.subList(0, 1037));
        assertThatThrownBy(() -> run(2, hypotheses, shorter))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("hyp has 1500 lines")
                .hasMessageContaining("shorter has 1037 lines")
                .hasMessageContaining("line 1038");
        Path batches = write("batches", lines.subList(0, 1024));
        assertThatThrownBy(() -> run(2, hypotheses, batches)).hasMessageContaining("line 1025");
        assertThatThrownBy(() -> run(2, batches, first)).hasMessageContaining("line 1025");
    }

    @Test
    void aLineThatIsNotUtf8IsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(hypotheses);
        int line = 1;
        for (int i = 0; line < 700; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
            if (line == 700) {
                bytes[i + 1] = (byte) 0xFF;
            }
        }
        Path file = Files.write(temp.resolve("latin"), bytes);
        assertThatThrownBy(() -> run(3, file, first))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("latin:700: byte 1 of the line is not UTF-8");
    }

    @Test
    void aReplacementCharacterThatIsReallyThereIsText() throws IOException {
        Path ours = Files.writeString(temp.resolve("ours"), "a \uFFFD b\n");
        assertThat(run(1, ours, ours).get(0).outputs().segments()).isEqualTo(1);
    }

    @Test
    void numbersAreRoundedAsPythonRoundsThem() {
        ScoreJson one = new ScoreJson(OptionalInt.of(1));
        assertThat(one.rounded(0.25)).isEqualTo(0.2);
        assertThat(one.rounded(0.35)).isEqualTo(0.3); // its double is a little less
        assertThat(new ScoreJson(OptionalInt.of(2)).rounded(2.675)).isEqualTo(2.67);
        assertThat(new ScoreJson(OptionalInt.empty()).rounded(0.123456789012345)).isEqualTo(0.123456789012345);
    }
}
