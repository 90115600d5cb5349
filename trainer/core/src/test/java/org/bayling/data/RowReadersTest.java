package org.bayling.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReadersTest {
    @TempDir
    Path folder;

    /** Texts that break careless readers: quotes, separators, line breaks, many scripts, no input field. */
    private static final List<JsonNode> ROWS = rows();

    private static List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        String[] texts = {"Say \"hi\", then stop;\tplease", "一行\n两行\r\n三行", "नमस्ते 🙂 'x'", "a\\nb", " spaces "};
        for (int i = 0; i < 40; i++) {
            var row = JsonRows.MAPPER.createObjectNode();
            row.put("instruction", i + " " + texts[i % texts.length]);
            if (i % 3 == 0) {
                row.put("input", texts[(i + 1) % texts.length]);
            }
            row.put("output", texts[(i + 2) % texts.length]);
            rows.add(row);
        }
        return rows;
    }

    private static String jsonLines() {
        StringBuilder text = new StringBuilder();
        ROWS.forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String delimited(char delimiter) throws IOException {
        StringWriter out = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(
                out, CSVFormat.RFC4180.builder().setDelimiter(delimiter).get())) {
            printer.printRecord("instruction", "input", "output");
            for (JsonNode row : ROWS) {
                printer.printRecord(row.get("instruction").asText(), row.path("input").asText(""), row.get("output").asText());
            }
        }
        return out.toString();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        DataFiles.reader(file).read(file, (row, bytes) -> {
            try {
                rows.add(row.content().parse());
            } catch (BadRowException e) {
                rows.add(JsonRows.MAPPER.getNodeFactory().textNode(e.at(row.origin()).toString()));
            }
            return true;
        });
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz", ".zst"})
    void everyTextFormatGivesTheSameRows(String compression) throws IOException {
        List<String> names = List.of("a.jsonl", "a.ndjson", "a.json", "lines.json", "a.csv", "a.tsv");
        for (String name : names) {
            String text = switch (name) {
                case "a.json" -> JsonRows.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(ROWS);
                case "a.csv" -> delimited(',');
                case "a.tsv" -> delimited('\t');
                default -> jsonLines();
            };
            byte[] bytes = compression.equals(".gz") ? gzip(utf8(text))
                    : compression.equals(".zst") ? Zstd.compress(utf8(text)) : utf8(text);
            assertThat(read(write(name + compression, bytes))).as(name + compression).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNCOMPRESSED,PARQUET_1_0", "SNAPPY,PARQUET_1_0", "GZIP,PARQUET_2_0", "ZSTD,PARQUET_2_0", "ZSTD,PARQUET_1_0"
    })
    void parquetGivesTheSameRows(CompressionCodecName codec, WriterVersion version) throws IOException {
        Path file = folder.resolve("a.parquet");
        ParquetFixture.write(file, ParquetFixture.ALPACA, ROWS, codec, version);

        assertThat(read(file)).isEqualTo(ROWS);
    }

    @Test
    void parquetListsOfStructsAreReadAndRawBytesLeftOut() throws Exception {
        JsonNode row = JsonRows.parse(
                """
                {"language":"cy","messages":[{"role":"user","content":"Shwmae"},
                 {"role":"assistant","content":"Helo","train":true}]}
                """);
        JsonNode empty = JsonRows.parse("{\"messages\":[]}");
        Path file = folder.resolve("a.parquet");
        ParquetFixture.write(
                file, ParquetFixture.MESSAGES, List.of(row, empty, row), CompressionCodecName.SNAPPY,
                WriterVersion.PARQUET_1_0);

        assertThat(read(file)).containsExactly(row, empty, row);
    }

    @Test
    void damagedParquetIsAnErrorWithTheFileName() throws IOException {
        Path file = folder.resolve("a.parquet");
        ParquetFixture.write(
                file, ParquetFixture.ALPACA, ROWS, CompressionCodecName.ZSTD, WriterVersion.PARQUET_1_0);
        byte[] whole = Files.readAllBytes(file);
        for (int cut : new int[] {0, 3, 11, whole.length / 2, whole.length - 1}) {
            Path part = write("cut.parquet", Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> read(part)).as("cut at " + cut).isInstanceOf(DataException.class)
                    .hasMessageContaining("cut.parquet");
        }
        int refused = 0;
        for (int at = 4; at < whole.length; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Path flipped = write("flipped.parquet", damaged);
            try {
                read(flipped);
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("flipped.parquet");
                refused++;
            }
        }
        assertThat(refused).as("most damage is noticed, none of it is another kind of exception").isGreaterThan(50);
    }

    @Test
    void byteOrderMarkWindowsLineEndsAndEmptyLinesAreAccepted() throws IOException {
        String text = "\uFEFF\r\n" + jsonLines().replace("}\n", "}\r\n\r\n");

        assertThat(read(write("a.jsonl", utf8(text)))).isEqualTo(ROWS);
        assertThat(read(write("a.csv", utf8("\uFEFF" + delimited(','))))).isEqualTo(ROWS);
        assertThat(read(write("a.json", utf8("\uFEFF  " + ROWS)))).isEqualTo(ROWS);
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(read(write("a.jsonl", utf8(jsonLines().stripTrailing())))).isEqualTo(ROWS);
    }

    @Test
    void badLinesAreToldWithTheirLineAndTheOthersAreRead() throws IOException {
        byte[] notUtf8 = {'"', (byte) 0xff, '"'};
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(utf8("{\"a\":1}\n{\"a\":\n\n{\"a\":1,\"a\":2}\n"));
        file.write(notUtf8);
        file.write(utf8("\n{\"a\":2} {}\n{\"a\":3}\n"));
        Path path = write("a.jsonl", file.toByteArray());

        List<String> rows = read(path).stream().map(row -> row.isTextual() ? row.asText() : row.toString()).toList();

        assertThat(rows).hasSize(6);
        assertThat(rows.get(0)).isEqualTo("{\"a\":1}");
        assertThat(rows.get(1)).startsWith(path + ":2: not JSON");
        assertThat(rows.get(2)).startsWith(path + ":4: not JSON").contains("Duplicate");
        assertThat(rows.get(3)).startsWith(path + ":5: not UTF-8");
        assertThat(rows.get(4)).startsWith(path + ":6: not JSON");
        assertThat(rows.get(5)).isEqualTo("{\"a\":3}");
    }

    @Test
    void lineTooLongForMemoryIsOneBadRow() throws IOException {
        byte[] bytes = new byte[JsonLinesReader.MAX_LINE + 10];
        Arrays.fill(bytes, (byte) 'x');
        bytes[bytes.length - 9] = '\n';
        System.arraycopy(utf8("{\"a\":3}\n"), 0, bytes, bytes.length - 8, 8);

        List<JsonNode> rows = read(write("a.jsonl", bytes));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).asText()).contains("a.jsonl:1: too large");
        assertThat(rows.get(1).toString()).isEqualTo("{\"a\":3}");
    }

    @Test
    void elementWithAKeyTwiceIsOneBadRowOfAnArray() throws IOException {
        Path path = write("a.json", utf8("[{\"a\":1},\n {\"a\":{\"b\":1,\"b\":[{}]},\"c\":2},\n {\"a\":3}]\n"));

        List<JsonNode> rows = read(path);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).asText()).startsWith(path + ":2: not JSON");
        assertThat(rows.get(2).toString()).isEqualTo("{\"a\":3}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a.json|[{'a':1},{'a':2}|a.json:1: not JSON",
        "a.json|[{'a':1} {'a':2}]|a.json:1: not JSON",
        "a.json|[{'a':1}] x|a.json:1: not JSON",
        "a.json|[] []|a.json:1: something follows",
        "a.csv|a,a|a.csv:1: the line of column names",
    })
    void brokenFileIsAnErrorThatNamesTheLine(String name, String text, String message) throws IOException {
        Path path = write(name, utf8(text.replace("'", "\"")));

        assertThatThrownBy(() -> read(path)).isInstanceOf(DataException.class).hasMessageContaining(message);
    }

    @Test
    void unclosedQuoteInCsvIsAnErrorThatNamesTheLine() throws IOException {
        Path path = write("a.csv", utf8("a,b\n1,2\n\"3,4\n5,6\n"));

        assertThatThrownBy(() -> read(path)).isInstanceOf(DataException.class).hasMessageContaining("a.csv:3:");
    }

    @Test
    void csvRowsSayTheLineTheyBeginOnAndTheirCellsAreCounted() throws IOException {
        Path path = write("a.csv", utf8("a,b\n\"x\ny\",2\n3\n4,5\n"));
        List<String> origins = new ArrayList<>();
        DataFiles.reader(path).read(path, (row, bytes) -> origins.add(row.origin().toString()));

        assertThat(origins).containsExactly(path + ":2", path + ":4", path + ":5");
        assertThat(read(path).get(1).asText()).contains("a.csv:4: wrong type").contains("1 cells").contains("2");
    }

    @Test
    void bytesThatAreNotUtf8AreAnErrorOfTheFile() throws IOException {
        byte[] latin1 = "[{\"a\":\"caf\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1);
        for (String name : List.of("a.json", "a.csv")) {
            Path path = write(name, latin1);
            assertThatThrownBy(() -> read(path)).as(name).isInstanceOf(DataException.class)
                    .hasMessageContaining(name).hasMessageContaining("UTF-8");
        }
    }

    @Test
    void cutOffCompressedFileIsAnErrorThatNamesTheFile() throws IOException {
        byte[] gzip = gzip(utf8(jsonLines()));
        byte[] zstd = Zstd.compress(utf8(jsonLines()));
        for (String name : List.of("a.jsonl.gz", "a.json.gz", "a.csv.gz", "a.jsonl.zst", "a.json.zst")) {
            byte[] whole = name.endsWith("gz") ? gzip : zstd;
            Path path = write(name, Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> read(path)).as(name).isInstanceOf(DataException.class).hasMessageContaining(name);
        }
    }

    @Test
    void foldersAndGlobsGiveTheirFilesSorted() throws IOException {
        for (String name : List.of("b.jsonl", "a.jsonl.gz", "c.csv", "readme.txt", ".hidden.jsonl")) {
            write(name, new byte[0]);
        }
        Files.createDirectories(folder.resolve("d"));
        write("d/e.parquet", new byte[0]);

        assertThat(DataFiles.list("x", List.of(folder.toString())))
                .extracting(path -> folder.relativize(path).toString())
                .containsExactly("a.jsonl.gz", "b.jsonl", "c.csv", "d/e.parquet");
        assertThat(DataFiles.list("x", List.of(folder + "/*.jsonl*", folder + "/b.jsonl")))
                .extracting(path -> path.getFileName().toString())
                .containsExactly(".hidden.jsonl", "a.jsonl.gz", "b.jsonl");
        assertThatThrownBy(() -> DataFiles.list("x", List.of(folder + "/z*.jsonl")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("dataset 'x'")
                .hasMessageContaining("z*.jsonl");
        assertThatThrownBy(() -> DataFiles.reader(folder.resolve("readme.txt")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("readme.txt")
                .hasMessageContaining(".jsonl");
    }
}
