package org.campaignrecovery.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.ProcessTable;

/** {@code make down}: SIGTERM to everything that the pid files name, SIGKILL after the grace; stale files are removed. */
public final class DownMain {
    /** Longer than a worker's own grace of 25 s. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private DownMain() {
    }

    public static void main(String[] arguments) throws IOException {
        LocalDirectory directory = LocalDirectory.of(System.getenv());
        List<ManagedProcess> stopped = Shutdown.stopAll(new ProcessTable(directory), GRACE);
        stopped.forEach(process -> System.out.println(process.name() + " stopped (pid " + process.pid() + ")"));
        if (stopped.isEmpty()) {
            System.out.println("Nothing ran.");
        }
        Files.deleteIfExists(directory.stackEnv());
        removePorts(directory.run(""));
    }

    private static void removePorts(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return;
        }
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".port")).toList()) {
                Files.delete(file);
            }
        }
    }
}
