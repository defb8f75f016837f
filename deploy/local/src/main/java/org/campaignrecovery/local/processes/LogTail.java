package org.campaignrecovery.local.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A log file from {@code start} on.
 *
 * @param start offset in bytes
 */
public record LogTail(Path file, long start) {
    private static final int TAIL_BYTES = 16 * 1024;

    static LogTail whole(Path file) {
        return new LogTail(file, 0);
    }

    static LogTail fromNowOn(Path file) {
        return new LogTail(file, file.toFile().length());
    }

    /** The last {@code count} lines; empty when there is no log. */
    public String lines(int count) {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(start, Files.size(file) - TAIL_BYTES));
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Everything from {@code start} on. */
    public String text() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(start);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
