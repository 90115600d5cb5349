package org.bayling.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bayling.config.BatchConfig;
import org.bayling.config.DataConfig;

/** Configurations for tests: plain defaults, changed one at a time. */
record DataSettings(
        List<DataConfig.Dataset> datasets,
        List<DataConfig.Dataset> evalDatasets,
        double valSize,
        int cutoffLen,
        DataConfig.Overlong overlong,
        boolean packing,
        double temperature,
        long maxBadRows) {

    static DataSettings of(DataConfig.Dataset... datasets) {
        return new DataSettings(
                List.of(datasets), List.of(), 0, 512, DataConfig.Overlong.TRUNCATE, false, 1, 0);
    }

    DataSettings evaluatedOn(DataConfig.Dataset dataset) {
        List<DataConfig.Dataset> more = new ArrayList<>(evalDatasets);
        more.add(dataset);
        return new DataSettings(datasets, more, valSize, cutoffLen, overlong, packing, temperature, maxBadRows);
    }

    DataSettings valSize(double size) {
        return new DataSettings(datasets, evalDatasets, size, cutoffLen, overlong, packing, temperature, maxBadRows);
    }

    DataSettings cutoff(int length, DataConfig.Overlong policy) {
        return new DataSettings(datasets, evalDatasets, valSize, length, policy, packing, temperature, maxBadRows);
    }

    DataSettings packed() {
        return new DataSettings(datasets, evalDatasets, valSize, cutoffLen, overlong, true, temperature, maxBadRows);
    }

    DataSettings temperature(double value) {
        return new DataSettings(datasets, evalDatasets, valSize, cutoffLen, overlong, packing, value, maxBadRows);
    }

    DataSettings maxBadRows(long rows) {
        return new DataSettings(datasets, evalDatasets, valSize, cutoffLen, overlong, packing, temperature, rows);
    }

    DataConfig config() {
        return new DataConfig(
                datasets,
                evalDatasets,
                valSize,
                "model",
                DataConfig.AlpacaStyle.STANFORD,
                Optional.empty(),
                cutoffLen,
                overlong,
                false,
                false,
                DataConfig.TrainOnEos.TURN,
                packing,
                temperature,
                maxBadRows,
                Optional.empty());
    }

    static BatchConfig batches(int perDevice, int accumulation) {
        return new BatchConfig(perDevice, accumulation, perDevice, 1, -1);
    }

    static DataConfig.Dataset alpaca(String name, Path... files) {
        return dataset(DataConfig.Format.ALPACA, name, files);
    }

    static DataConfig.Dataset dataset(DataConfig.Format format, String name, Path... files) {
        List<String> paths = new ArrayList<>();
        for (Path file : files) {
            paths.add(file.toString());
        }
        return new DataConfig.Dataset(paths, format, name, Optional.empty(), 1, OptionalLong.empty(), Map.of());
    }

    static DataConfig.Dataset weighted(DataConfig.Dataset d, double weight) {
        return new DataConfig.Dataset(
                d.path(), d.format(), d.name(), d.language(), weight, d.maxSamples(), d.columns());
    }

    static DataConfig.Dataset inLanguage(DataConfig.Dataset d, String language) {
        return new DataConfig.Dataset(
                d.path(), d.format(), d.name(), Optional.of(language), d.weight(), d.maxSamples(), d.columns());
    }

    static DataConfig.Dataset atMost(DataConfig.Dataset d, long samples) {
        return new DataConfig.Dataset(
                d.path(), d.format(), d.name(), d.language(), d.weight(), OptionalLong.of(samples), d.columns());
    }

    static DataConfig.Dataset withColumns(DataConfig.Dataset d, Map<String, String> columns) {
        return new DataConfig.Dataset(
                d.path(), d.format(), d.name(), d.language(), d.weight(), d.maxSamples(), columns);
    }
}
