package org.campaignrecovery.api.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;

import io.smallrye.mutiny.Multi;

/** Lists as CSV (RFC 4180), in portions of whole rows, so that memory does not depend on their number. */
public final class CsvRows {
    private static final int ROWS = 200;
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

    private CsvRows() {
    }

    /** @param cells of one item, some of which may be null */
    public static <T> Multi<String> of(List<String> header, Multi<T> items, Function<T, List<String>> cells) {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(() -> row(header)),
                items.map(item -> row(cells.apply(item))).group().intoLists().of(ROWS).map(rows -> String.join("", rows)));
    }

    private static String row(List<String> values) {
        StringBuilder row = new StringBuilder();
        try {
            CSVFormat.RFC4180.printRecord(row, values.stream().map(CsvRows::harmless).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row.toString();
    }

    /** What a spreadsheet would take for a formula becomes text; a telephone number is none. */
    static String harmless(String value) {
        return value != null && FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches() ? "'" + value : value;
    }
}
