package org.bayling.evaluation.sentencepiece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bayling.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small models that SentencePiece 0.2.1 was trained to on this program's own sources, with a table of a few
 * replacements and a user defined piece, and what its EncodeAsPieces makes of awkward texts with them.
 */
class SentencePieceModelTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"unigram", "bpe", "bytes"})
    void piecesAreThoseOfTheOriginal(String name) throws IOException {
        SentencePieceModel model = SentencePieceModel.load(file(name));
        int compared = 0;
        for (JsonNode example :
                new ObjectMapper().readTree(resource("cases.json")).get(name)) {
            List<String> expected = new ArrayList<>();
            example.get("pieces").forEach(piece -> expected.add(piece.asText()));
            assertThat(model.encodeAsPieces(example.get("text").asText()))
                    .as(example.get("text").asText())
                    .isEqualTo(expected);
            compared++;
        }
        assertThat(compared).isGreaterThan(50);
    }

    @Test
    void whatIsNoModelIsRefusedByName() throws IOException {
        Path text = Files.writeString(temp.resolve("text.model"), "this is no model at all");
        assertThatThrownBy(() -> SentencePieceModel.load(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("text.model: is no SentencePiece model");
        Path empty = Files.write(temp.resolve("empty.model"), new byte[0]);
        assertThatThrownBy(() -> SentencePieceModel.load(empty)).hasMessageContaining("it has no pieces");
    }

    @Test
    void aModelThatIsCutOffIsRefusedAndNeverEndsInAnotherError() throws IOException {
        byte[] whole = resource("unigram.model");
        int refused = 0;
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = Files.write(temp.resolve("cut.model"), Arrays.copyOf(whole, length));
            try {
                SentencePieceModel.load(cut).encodeAsPieces("a text");
            } catch (DataException problem) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 14);
    }

    private Path file(String name) throws IOException {
        return Files.write(temp.resolve(name), resource(name + ".model"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SentencePieceModelTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
