package org.bayling.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GgmlBlocksTest {

    @Test
    void everyBlockTypeDecodesToTheBitsOfTheReference() throws IOException {
        Set<GgmlType> seen = EnumSet.noneOf(GgmlType.class);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GgmlBlocksTest.class.getResourceAsStream("ggml-blocks.txt")),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    seen.add(check(line.split(" ")));
                }
            }
        }
        assertThat(seen).containsExactlyElementsOf(EnumSet.range(GgmlType.Q4_0, GgmlType.Q6_K));
    }

    private static GgmlType check(String[] line) {
        GgmlType type = GgmlType.valueOf(line[0]);
        byte[] block = HexFormat.of().parseHex(line[1]);
        float[] expected = new float[type.blockElements()];
        ByteBuffer.wrap(HexFormat.of().parseHex(line[2])).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(expected);
        assertThat(type.bytes(type.blockElements())).isEqualTo(block.length);
        // The block as the second of two, so that a wrong stride shows.
        byte[] two = new byte[2 * block.length];
        System.arraycopy(block, 0, two, block.length, block.length);
        float[] decoded = new float[2 * expected.length];
        type.decoder().decode(two, 2, decoded);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Float.floatToRawIntBits(decoded[expected.length + i]))
                    .as("%s element %d: %s, expected %s", type, i, decoded[expected.length + i], expected[i])
                    .isEqualTo(Float.floatToRawIntBits(expected[i]));
        }
        return type;
    }
}
