package org.campaignrecovery.api.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdListTest {
    @TempDir
    Path folder;

    @Test
    void isDistinctAndInTheOrderOfStringsWhateverTheFile() {
        qt().withExamples(50).forAll(lists().of(integers().between(-50, 500)).ofSizeBetween(0, 2_000)).checkAssert(numbers -> {
            String csv = numbers.stream().map(number -> number % 7 == 0 ? " \"id " + number + "\" " : number + " ")
                    .collect(Collectors.joining("\r\n", "customer_id\r\n", "\r\n"));
            List<String> expected = List.copyOf(new TreeSet<>(numbers.stream().map(number -> number % 7 == 0
                    ? "id " + number
                    : String.valueOf(number)).toList()));
            assertThat(sorted(csv)).isEqualTo(expected);
        });
    }

    /** More than the memory that sorting is given: it goes by way of several files, and none stays. */
    @Test
    void aListLongerThanTheMemoryOfTheSorting() throws IOException {
        int many = 400_000;
        String csv = IntStream.range(0, many).mapToObj(i -> "customer-number-" + (i * 7919L % many)).collect(
                Collectors.joining("\n", "customer_id\n", "\n" + "customer-number-17"));
        List<String> read = sorted(csv);
        assertThat(read).hasSize(many).isSorted().doesNotHaveDuplicates();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("received", "ids", "sorted");
        }
    }

    @Test
    void takesAFileAsSpreadsheetsWriteIt() {
        assertThat(sorted("\uFEFFName,Customer_ID\r\n\"Smith, Ann\",17850\r\n\r\n\"O\"\"Neil\",\"Ümlaut €\"\r\n")).containsExactly("17850",
                "Ümlaut €");
        assertThat(sorted("customer_id")).isEmpty();
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        wrong("", "line 1: must name the columns");
        wrong("17850\n13047\n", "a file of nothing but ids begins with a line customer_id");
        wrong("name,customer_id\nAnn,\nEve,7\nBob\n", "line 2: has no customer_id (and 1 more");
        wrong("customer_id\n\"a\nb\"\n", "has a control character");
        wrong("customer_id\n" + "x".repeat(501), "more than 500 characters");
        wrong("customer_id\n\"open\n", "is not CSV as RFC 4180 has it");
        wrong("customer_id,customer_id\n1,2\n", "is not CSV");
        wrong("customer_id,\"a\"b\n1,2\n", "is not CSV");
        assertThatThrownBy(() -> sorted("customer_id\nM\u00fcller\n".getBytes(ISO_8859_1))).hasMessageContaining("is not UTF-8");
    }

    @Test
    void doesNotReadOnForEverWhenEveryLineIsWrong() {
        assertThatThrownBy(() -> sorted("name,customer_id\n" + "Ann,\n".repeat(100_000))).hasMessageContaining("and 49 more");
    }

    private void wrong(String csv, String sentence) {
        assertThatThrownBy(() -> sorted(csv)).as(csv).hasMessageContaining(sentence);
    }

    private List<String> sorted(String csv) {
        return sorted(csv.getBytes(UTF_8));
    }

    private List<String> sorted(byte[] csv) {
        try {
            Path received = Files.write(folder.resolve("received"), csv);
            return Files.readAllLines(IdList.sorted(received, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
