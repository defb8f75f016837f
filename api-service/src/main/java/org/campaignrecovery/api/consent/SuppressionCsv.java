package org.campaignrecovery.api.consent;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.campaignrecovery.api.csv.CsvRows;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.consent.SuppressionDocument;

import io.smallrye.mutiny.Multi;

/** The suppression list as CSV: what is exported can be imported. */
final class SuppressionCsv {
    private static final List<String> HEADER = List.of("channel", "address", "reason", "note", "since", "by", "runId");
    private static final Set<String> REQUIRED = Set.of("channel", "address");
    private static final int ERRORS_TOLD = 50;
    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreHeaderCase(true)
            .setTrim(true).get();

    private SuppressionCsv() {
    }

    static Multi<String> write(Multi<SuppressionDocument> suppressions) {
        return CsvRows.of(HEADER, suppressions, one -> {
            SuppressionView view = SuppressionView.of(one);
            return Arrays.asList(view.channel(), view.address(), view.reason(), view.note(),
                    view.since() == null ? null : view.since().toString(), view.by(), view.runId());
        });
    }

    /**
     * The addresses of a file, each once.
     *
     * @throws RuntimeException a problem that names the lines that are wrong; nothing of the file counts then
     */
    static List<SuppressionDocument> read(String csv, SuppressionReader reader, String by) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, SuppressionDocument> read = new LinkedHashMap<>();
        try (CSVParser rows = FORMAT.parse(new StringReader(withoutMark(csv)))) {
            requireColumns(rows.getHeaderNames());
            for (CSVRecord row : rows) {
                String line = "line " + rows.getCurrentLineNumber();
                SuppressionDocument one = reader.read(cell(row, "channel"), cell(row, "address"), cell(row, "reason"), cell(row, "note"),
                        by,
                        (column, message) -> errors.add(new FieldError(line, column + " " + message)));
                if (one != null) {
                    read.putIfAbsent(one.id(), one);
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("file", "is not CSV as RFC 4180 has it: " + e.getMessage())));
        }
        if (!errors.isEmpty()) {
            throw ProblemType.VALIDATION.problem(errors.subList(0, Math.min(errors.size(), ERRORS_TOLD)));
        }
        return List.copyOf(read.values());
    }

    private static String withoutMark(String csv) {
        return csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
    }

    private static void requireColumns(List<String> header) {
        List<String> known = header.stream().map(String::toLowerCase).toList();
        if (!known.containsAll(REQUIRED)) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("line 1",
                    "must name the columns: channel,address and, if they are there, reason,note")));
        }
    }

    private static String cell(CSVRecord row, String column) {
        return row.isMapped(column) && row.isSet(column) ? row.get(column) : null;
    }
}
