package org.campaignrecovery.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTailTest {
    @TempDir
    Path directory;

    @Test
    void readsEachLineOnceAndNoHalfOnes() throws IOException {
        Path file = directory.resolve("record.ndjson");
        RecordTail tail = new RecordTail(file);
        assertThat(tail.next()).isEmpty();
        Files.writeString(file, "{\"n\":1}\n{\"n\":\"zwölf\"}\n{\"n\":");
        assertThat(tail.next()).extracting(line -> line.get("n").asText()).containsExactly("1", "zwölf");
        assertThat(tail.next()).isEmpty();
        Files.writeString(file, "3}\n", StandardOpenOption.APPEND);
        assertThat(tail.next()).extracting(line -> line.get("n").asText()).containsExactly("3");
    }
}
