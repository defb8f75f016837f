package org.campaignrecovery.local.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonLogTest {
    @TempDir
    Path directory;

    @Test
    void aMissingFileHasNoLines() throws IOException {
        assertThat(values(directory.resolve("none"))).isEmpty();
    }

    @Test
    void aLineThatWasCutShortIsNotReadAndIsRemovedOnOpening() throws IOException {
        Path file = directory.resolve("sub/log.ndjson");
        try (NdjsonLog log = NdjsonLog.open(file)) {
            log.append(Json.line(Map.of("v", "x".repeat(100_000))));
            log.append(Json.line(Map.of("v", "two")));
        }
        Files.writeString(file, "{\"v\":\"cut " + "y".repeat(200_000), StandardOpenOption.APPEND);
        assertThat(values(file)).hasSize(2).last().isEqualTo("two");
        try (NdjsonLog log = NdjsonLog.open(file)) {
            log.append(Json.line(Map.of("v", "three")));
        }
        assertThat(values(file)).hasSize(3).last().isEqualTo("three");
    }

    private static List<String> values(Path file) throws IOException {
        List<String> values = new ArrayList<>();
        NdjsonLog.read(file, line -> values.add(line.get("v").asText()));
        return values;
    }
}
