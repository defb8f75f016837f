package org.campaignrecovery.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the processes of a test said last, for whoever reads that it has failed. */
final class LogTails {
    private static final int LINES = 40;

    private LogTails() {
    }

    static void print(String test, Path directory) {
        System.out.println("=== " + test + " failed; the ends of the logs:");
        try (Stream<Path> logs = Files.list(directory)) {
            for (Path log : logs.sorted().toList()) {
                List<String> lines = Files.readAllLines(log);
                System.out.println("--- " + log.getFileName());
                lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(System.out::println);
            }
        } catch (IOException e) {
            System.out.println("the logs cannot be read: " + e);
        }
    }
}
