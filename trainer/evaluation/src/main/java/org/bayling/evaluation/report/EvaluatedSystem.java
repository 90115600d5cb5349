package org.bayling.evaluation.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bayling.data.DataException;
import org.bayling.evaluation.results.EvaluationFolder;
import org.bayling.evaluation.results.EvaluationResults;
import org.bayling.evaluation.results.ItemsFile;
import org.bayling.evaluation.results.ItemsFile.Group;
import org.bayling.evaluation.results.ResultItem;
import org.bayling.evaluation.results.Score;

/** A model with all that was measured of it, from one folder or several. Items stay on disk. */
public final class EvaluatedSystem {
    private final List<Path> folders = new ArrayList<>();
    private final EvaluationResults first;
    private final Map<ScoreKey, Score> scores = new LinkedHashMap<>();
    private final Map<Group, ItemsFile> items = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private String name = "";

    private EvaluatedSystem(EvaluationResults first) {
        this.first = first;
    }

    /**
     * Reads folders. Those of the same model that measure different things are one system.
     *
     * @param folders in the order of the report
     * @param names of the systems, as many as there are; or none, and names are made of models and folders
     * @throws DataException when a folder holds no sound evaluation, or {@code names} are not as many
     */
    public static List<EvaluatedSystem> read(List<Path> folders, List<String> names) throws IOException {
        List<EvaluatedSystem> systems = new ArrayList<>();
        for (Path folder : folders) {
            EvaluationResults results = EvaluationFolder.read(folder);
            EvaluatedSystem system = null;
            for (EvaluatedSystem earlier : systems) {
                system = system == null && earlier.takes(results) ? earlier : system;
            }
            if (system == null) {
                system = new EvaluatedSystem(results);
                systems.add(system);
            }
            system.add(folder, results);
        }
        if (!names.isEmpty() && names.size() != systems.size()) {
            throw new DataException(names.size() + " names for " + systems.size()
                    + " systems; folders of one model that measure different things are one system");
        }
        List<String> chosen = names.isEmpty() ? distinctNames(systems) : names;
        for (int i = 0; i < systems.size(); i++) {
            systems.get(i).name = chosen.get(i);
        }
        return systems;
    }

    private boolean takes(EvaluationResults results) {
        return first.fingerprint().equals(results.fingerprint())
                && first.model().equals(results.model())
                && results.scores().stream().noneMatch(score -> scores.containsKey(ScoreKey.of(score)));
    }

    private void add(Path folder, EvaluationResults results) throws IOException {
        folders.add(folder);
        for (Score score : results.scores()) {
            if (scores.putIfAbsent(ScoreKey.of(score), score) != null) {
                throw new DataException(folder.resolve(EvaluationFolder.RESULTS) + ": has two scores of "
                        + ScoreKey.of(score) + "; evaluate again");
            }
        }
        ItemsFile file = ItemsFile.open(folder);
        file.groups().forEach(group -> items.put(group, file));
        results.settings().forEach((key, value) -> settings.put(results.name() + ": " + key, value));
    }

    /** The first kind of name that tells them all apart: the model's last part, the model, the folder. */
    private static List<String> distinctNames(List<EvaluatedSystem> systems) {
        List<Function<EvaluatedSystem, String>> kinds = List.of(
                system -> last(system.first.model()),
                system -> system.first.model(),
                system -> last(system.folders.get(0).toAbsolutePath().normalize().toString()),
                system -> system.folders.get(0).toString());
        for (Function<EvaluatedSystem, String> kind : kinds) {
            List<String> names = systems.stream().map(kind).toList();
            if (names.stream().distinct().count() == names.size() && names.stream().noneMatch(String::isBlank)) {
                return names;
            }
        }
        List<String> numbered = new ArrayList<>();
        systems.forEach(system -> numbered.add(last(system.first.model()) + " #" + (numbered.size() + 1)));
        return numbered;
    }

    private static String last(String path) {
        String trimmed = path.replaceAll("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    /** For people, different from the other systems'. */
    public String name() {
        return name;
    }

    /** What it was read from. */
    public List<Path> folders() {
        return List.copyOf(folders);
    }

    String model() {
        return first.model();
    }

    Map<String, String> settings() {
        return settings;
    }

    Map<ScoreKey, Score> scores() {
        return scores;
    }

    /** The items behind a score; empty where there are none. */
    List<ResultItem> items(ScoreKey key) throws IOException {
        if (key.language().isEmpty()) {
            return List.of();
        }
        Group group = new Group(key.task(), key.source(), key.language().get());
        Optional<ItemsFile> file = Optional.ofNullable(items.get(group));
        return file.isPresent() ? file.get().read(group) : List.of();
    }

    /** All groups of items. */
    Map<Group, ItemsFile> items() {
        return items;
    }
}
