package org.bayling.corpus.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.bayling.data.DataException;

/** Reads the texts of an evaluation set. */
final class EvaluationTexts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EvaluationSet set;
    private final Sink sink;

    /** Takes one text. */
    interface Sink {
        void accept(Path file, int line, String text);
    }

    private EvaluationTexts(EvaluationSet set, Sink sink) {
        this.set = set;
        this.sink = sink;
    }

    /** @throws DataException naming the set, the file and the line that cannot be read */
    static void read(EvaluationSet set, Sink sink) throws IOException {
        EvaluationTexts texts = new EvaluationTexts(set, sink);
        for (Path file : files(set)) {
            texts.read(file);
        }
    }

    private static List<Path> files(EvaluationSet set) throws IOException {
        if (Files.isRegularFile(set.path())) {
            return List.of(set.path());
        }
        if (!Files.isDirectory(set.path())) {
            throw new DataException("evaluation set \"" + set.name() + "\": no file or folder " + set.path());
        }
        try (Stream<Path> all = Files.walk(set.path())) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new DataException("evaluation set \"" + set.name() + "\": " + set.path() + " holds no file");
            }
            return files;
        }
    }

    private void read(Path file) throws IOException {
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content(file), StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                line(file, number, line);
            }
        } catch (DataException e) {
            throw e;
        } catch (CharacterCodingException e) {
            throw problem(file, number + 1, "not UTF-8; convert the file first", e);
        } catch (IOException e) {
            throw problem(file, number + 1, "cannot be read: " + e.getMessage(), e);
        }
    }

    private void line(Path file, int number, String line) throws IOException {
        if (line.isBlank()) {
            return;
        }
        if (set.fields().isEmpty()) {
            sink.accept(file, number, line);
            return;
        }
        JsonNode object = object(file, number, line);
        for (String field : set.fields()) {
            JsonNode value = object.get(field);
            if (value == null) {
                throw problem(file, number, "no field \"" + field + "\"", null);
            }
            for (JsonNode text : value.isArray() ? value : List.of(value)) {
                if (!text.isTextual()) {
                    throw problem(file, number, "field \"" + field + "\" is neither a string nor a list of them", null);
                }
                sink.accept(file, number, text.textValue());
            }
        }
    }

    private JsonNode object(Path file, int number, String line) throws IOException {
        try {
            JsonNode object = JSON.readTree(line);
            if (object == null || !object.isObject()) {
                throw problem(file, number, "expected a JSON object", null);
            }
            return object;
        } catch (JsonProcessingException e) {
            throw problem(file, number, "not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private DataException problem(Path file, int line, String what, Throwable cause) {
        return new DataException(
                "evaluation set \"" + set.name() + "\": " + file + ", line " + line + ": " + what, cause);
    }

    /** The content, decompressed; told by the first bytes, not by the name. */
    private static InputStream content(Path file) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(4);
            byte[] magic = raw.readNBytes(4);
            raw.reset();
            if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
                return new GZIPInputStream(raw, 1 << 16);
            }
            boolean zstd = magic.length == 4
                    && magic[0] == 0x28
                    && magic[1] == (byte) 0xb5
                    && magic[2] == 0x2f
                    && magic[3] == (byte) 0xfd;
            return zstd ? new ZstdInputStream(raw) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
