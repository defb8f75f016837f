package org.campaignrecovery.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process has had, as Linux tells it. */
final class PeakMemory {
    private PeakMemory() {
    }

    /** The line of its status; {@code unknown} on other systems. */
    static String of(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        try {
            return Files.exists(status)
                    ? Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM")).findFirst().orElse("unknown")
                    : "unknown";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
