package org.campaignrecovery.api.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.audience.CustomerId;

import com.google.code.externalsorting.ExternalSort;

/** Turns an uploaded file into a list of customers on disk: canonical ids, distinct, ascending, one a line. Blocks. */
final class IdList {
    static final String COLUMN = "customer_id";
    private static final int ERRORS_TOLD = 50;
    private static final int LONGEST_ID = 500;
    private static final int SORT_MEMORY = 16 << 20;
    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreHeaderCase(true)
            .setTrim(true).setIgnoreSurroundingSpaces(true).setIgnoreEmptyLines(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY).get();

    private IdList() {
    }

    /**
     * @param csv UTF-8, with a column {@code customer_id}; other columns are passed over
     * @param folder for what is written on the way, and for the result
     * @throws RuntimeException a problem that names the lines that are wrong; nothing of the file counts then
     */
    static Path sorted(Path csv, Path folder) {
        try {
            Path ids = folder.resolve("ids");
            read(csv, ids);
            Path sorted = folder.resolve("sorted");
            List<File> runs;
            try (BufferedReader reader = Files.newBufferedReader(ids)) {
                runs = ExternalSort.sortInBatch(reader, Files.size(ids), Comparator.naturalOrder(), ExternalSort.DEFAULTMAXTEMPFILES,
                        SORT_MEMORY, UTF_8, folder.toFile(), true, 0, false, false);
            }
            ExternalSort.mergeSortedFiles(runs, sorted.toFile(), Comparator.naturalOrder(), UTF_8, true);
            return sorted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path csv, Path ids) throws IOException {
        List<FieldError> errors = new ArrayList<>();
        try (BufferedReader text = Files.newBufferedReader(csv); BufferedWriter writer = Files.newBufferedWriter(ids)) {
            passMark(text);
            try (CSVParser rows = FORMAT.parse(text)) {
                requireColumn(rows.getHeaderNames());
                for (CSVRecord row : rows) {
                    String id = id(row, rows.getCurrentLineNumber(), errors);
                    if (id != null) {
                        writer.write(id);
                        writer.write('\n');
                    }
                    if (errors.size() == ERRORS_TOLD) {
                        break;
                    }
                }
            }
        } catch (CharacterCodingException e) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("file", "is not UTF-8")));
        } catch (CSVException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("file", e.getCause() instanceof CharacterCodingException
                    ? "is not UTF-8"
                    : "is not CSV as RFC 4180 has it: " + e.getMessage())));
        }
        if (!errors.isEmpty()) {
            throw ProblemType.VALIDATION.problem(errors);
        }
    }

    private static void passMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
    }

    private static void requireColumn(List<String> header) {
        if (header.stream().noneMatch(COLUMN::equalsIgnoreCase)) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("line 1", "must name the columns, and one of them "
                    + COLUMN + "; a file of nothing but ids begins with a line " + COLUMN)));
        }
    }

    /** Null for what is none, which the errors say then. */
    private static String id(CSVRecord row, long line, List<FieldError> errors) {
        String id = CustomerId.of(row.isSet(COLUMN) ? row.get(COLUMN) : "").map(CustomerId::text).orElse(null);
        String wrong = id == null
                ? "has no " + COLUMN
                : id.length() > LONGEST_ID
                        ? "has a %s of more than %d characters".formatted(COLUMN, LONGEST_ID)
                        : id.chars().anyMatch(Character::isISOControl) ? "has a control character in its " + COLUMN : null;
        if (wrong != null) {
            errors.add(new FieldError("line " + line, wrong));
            return null;
        }
        return id;
    }
}
