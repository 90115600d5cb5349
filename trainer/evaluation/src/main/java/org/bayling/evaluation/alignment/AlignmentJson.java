package org.bayling.evaluation.alignment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bayling.data.DataException;
import org.bayling.evaluation.alignment.AlignmentResult.Layer;
import org.bayling.evaluation.alignment.AlignmentResult.Point;

/**
 * Studies and results as JSON.
 *
 * <p>{@code alignment.json}: {@code {"format":"bayling-alignment","version":1,"model":...,"products":"float32",
 * "data":...,"pooling":"mean","sentences":N,"hidden_size":H,"layers":[...],"pivots":[...],"languages":[...],"overall":{PIVOT:{MEASURE:[...]}},
 * "map_explained":[[x,y],...]}}. Each language has {@code code}, {@code name}, {@code script}, {@code tokens}, {@code
 * cut}, {@code "scores":{PIVOT:{MEASURE:[...]}}} and {@code "map":[[x,y],...]}; all lists of numbers have one for each
 * layer, and {@code overall} is the mean over all languages but the pivot. {@code states.json} is the same without
 * scores, maps and means.
 */
public final class AlignmentJson {
    public static final String STATES = "states.json";
    public static final String RESULT = "alignment.json";

    private static final String FORMAT = "bayling-alignment";
    private static final int VERSION = 1;
    /** What the others are computed from. */
    private static final List<Measure> STORED = List.of(
            Measure.CKA,
            Measure.COSINE_PAIRS,
            Measure.COSINE_OTHERS,
            Measure.RETRIEVAL_TO_PIVOT,
            Measure.RETRIEVAL_FROM_PIVOT);

    private AlignmentJson() {}

    /** {@code states.json}. */
    public static String text(AlignmentStudy study) {
        return pretty(node(study));
    }

    /** {@code alignment.json}. */
    public static String text(AlignmentResult result) {
        AlignmentStudy study = result.study();
        ObjectNode root = node(study);
        ObjectNode overall = root.putObject("overall");
        for (int p = 0; p < study.pivots().size(); p++) {
            ObjectNode means = overall.putObject(study.pivots().get(p));
            for (Measure measure : Measure.values()) {
                ArrayNode values = means.putArray(measure.key());
                for (int layer = 0; layer < result.layers().size(); layer++) {
                    values.add(result.mean(measure, layer, p));
                }
            }
        }
        ArrayNode explained = root.putArray("map_explained");
        result.layers().forEach(layer -> point(explained, layer.explained()));
        for (int l = 0; l < study.languages().size(); l++) {
            language((ObjectNode) root.get("languages").get(l), result, l);
        }
        return pretty(root);
    }

    private static void language(ObjectNode node, AlignmentResult result, int language) {
        List<String> pivots = result.study().pivots();
        ObjectNode scores = node.putObject("scores");
        for (int p = 0; p < pivots.size(); p++) {
            ObjectNode measures = scores.putObject(pivots.get(p));
            for (Measure measure : Measure.values()) {
                ArrayNode values = measures.putArray(measure.key());
                for (int layer = 0; layer < result.layers().size(); layer++) {
                    values.add(result.value(measure, layer, language, p));
                }
            }
        }
        ArrayNode map = node.putArray("map");
        result.layers().forEach(layer -> point(map, layer.map().get(language)));
    }

    private static void point(ArrayNode list, Point point) {
        list.addArray().add(point.x()).add(point.y());
    }

    private static ObjectNode node(AlignmentStudy study) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.put("model", study.model()).put("products", study.products()).put("data", study.data());
        root.put("pooling", study.pooling().name().toLowerCase(Locale.ROOT));
        root.put("sentences", study.sentences()).put("hidden_size", study.hiddenSize());
        study.layers().forEach(root.putArray("layers")::add);
        study.pivots().forEach(root.putArray("pivots")::add);
        ArrayNode languages = root.putArray("languages");
        for (AlignmentStudy.Language language : study.languages()) {
            languages.addObject()
                    .put("code", language.code())
                    .put("name", language.name())
                    .put("script", language.script())
                    .put("tokens", language.tokens())
                    .put("cut", language.cut());
        }
        return root;
    }

    /**
     * Reads {@code states.json} or the same part of {@code alignment.json}.
     *
     * @throws DataException when the file is none of the two
     */
    public static AlignmentStudy readStudy(Path file) throws IOException {
        return study(root(file));
    }

    /**
     * Reads {@code alignment.json}.
     *
     * @param place the file, or the folder that it is in
     * @throws DataException when it is not one
     */
    public static AlignmentResult read(Path place) throws IOException {
        Path file = Files.isDirectory(place) ? place.resolve(RESULT) : place;
        JsonNode root = root(file);
        AlignmentStudy study = study(root);
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < study.layers().size(); layer++) {
            List<List<Scores>> scores = new ArrayList<>();
            List<Point> map = new ArrayList<>();
            for (JsonNode language : root.path("languages")) {
                List<Scores> withPivots = new ArrayList<>();
                for (String pivot : study.pivots()) {
                    withPivots.add(scores(language.path("scores").path(pivot), layer, file));
                }
                scores.add(withPivots);
                map.add(point(language.path("map").path(layer)));
            }
            layers.add(new Layer(scores, map, point(root.path("map_explained").path(layer))));
        }
        return new AlignmentResult(study, layers);
    }

    private static Scores scores(JsonNode measures, int layer, Path file) throws DataException {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        for (Measure measure : STORED) {
            JsonNode value = measures.path(measure.key()).path(layer);
            if (!value.isNumber()) {
                throw new DataException(file + ": " + measure.key() + " of a language is missing for layer " + layer
                        + "; the file is damaged, make it again with bayling-train align");
            }
            values.put(measure, value.doubleValue());
        }
        return new Scores(
                values.get(Measure.CKA),
                values.get(Measure.COSINE_PAIRS),
                values.get(Measure.COSINE_OTHERS),
                values.get(Measure.RETRIEVAL_TO_PIVOT),
                values.get(Measure.RETRIEVAL_FROM_PIVOT));
    }

    private static Point point(JsonNode pair) {
        return new Point(pair.path(0).asDouble(), pair.path(1).asDouble());
    }

    private static JsonNode root(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": there is no such file; expected what bayling-train align writes");
        }
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (root.path("format").asText("").equals(FORMAT) && root.path("version").asInt() == VERSION) {
                return root;
            }
        } catch (JsonProcessingException problem) {
            throw new DataException(file + ": is not JSON: " + problem.getOriginalMessage(), problem);
        }
        throw new DataException(
                file + ": expected format " + FORMAT + " version " + VERSION + ", as bayling-train align writes it");
    }

    private static AlignmentStudy study(JsonNode root) {
        List<AlignmentStudy.Language> languages = new ArrayList<>();
        for (JsonNode language : root.path("languages")) {
            languages.add(new AlignmentStudy.Language(
                    language.path("code").asText(),
                    language.path("name").asText(),
                    language.path("script").asText(),
                    language.path("tokens").asLong(),
                    language.path("cut").asInt()));
        }
        return new AlignmentStudy(
                root.path("model").asText(),
                root.path("products").asText(),
                root.path("data").asText(),
                root.path("pooling").asText().equals("last") ? Pooling.LAST : Pooling.MEAN,
                root.path("sentences").asInt(),
                root.path("hidden_size").asInt(),
                texts(root.path("layers")),
                texts(root.path("pivots")),
                languages);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String pretty(ObjectNode root) {
        return root.toPrettyString() + "\n";
    }
}
