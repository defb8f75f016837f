package org.campaignrecovery.bench.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most resident memory that a process has had so far, as Linux counts it. */
public record PeakMemory(long pid) {
    private static final String LINE = "VmHWM:";
    private static final int KILO = 1024;

    /** In MiB; empty where there is no {@code /proc}, or no such process any more. */
    public OptionalLong megabytes() {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream().filter(line -> line.startsWith(LINE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILO).findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
