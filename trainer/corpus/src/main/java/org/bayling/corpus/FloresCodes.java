package org.bayling.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The codes of FLORES-200 and FLORES-101. The table in the data set's own README cannot be loaded as it is: it gives
 * Ligurian and Limburgish codes of FLORES-101, which has neither, and leaves out Kabuverdianu and Slovenian.
 */
final class FloresCodes {
    private static final String TABLE = "flores.tsv";

    private FloresCodes() {}

    /**
     * One language.
     *
     * @param flores200 for example {@code zho_Hans}
     * @param flores101 for example {@code zho_simpl}
     * @param english name, where CLDR has none
     */
    record Row(String flores200, Optional<String> flores101, Optional<String> english) {}

    /** The 204 codes of FLORES-200. */
    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        try (InputStream table = FloresCodes.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] cells = line.split("\t");
                    rows.add(new Row(
                            cells[0],
                            Optional.of(cells[1]).filter(code -> !code.equals("-")),
                            cells.length > 2 ? Optional.of(cells[2]) : Optional.empty()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged: its table " + TABLE + " cannot be read", e);
        }
        return rows;
    }
}
