package org.campaignrecovery.chaos.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The directory in which processes note at which crash point they died: a file a point, with the process id. */
public record CrashRecords(Path directory) {

    void create() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where that process died. */
    Optional<String> of(long pid) {
        return hits().entrySet().stream().filter(hit -> hit.getValue() == pid).map(Map.Entry::getKey).findFirst();
    }

    /** Process id by point. */
    public TreeMap<String, Long> hits() {
        TreeMap<String, Long> hits = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String pid = Files.readString(file).trim();
                hits.put(file.getFileName().toString(), pid.isEmpty() ? -1 : Long.parseLong(pid));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hits;
    }
}
