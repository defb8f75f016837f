package org.campaignrecovery.chaos.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.cluster.Repository;

/** A library that sets a process's wall clock an hour ahead, where there is a C compiler to make it with. */
final class HourAhead {
    private static final Path SOURCE = Path.of("deploy/chaos/src/main/c/hour-ahead.c");

    private HourAhead() {
    }

    /** The variables to start a process with; empty where the library cannot be made. */
    static Optional<Map<String, String>> variables(Path directory) {
        Path library = directory.resolve("hour-ahead.so");
        try {
            Files.createDirectories(directory);
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-O1", "-o", library.toString(),
                    Repository.root().resolve(SOURCE).toString(), "-ldl").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return compiler.waitFor(60, TimeUnit.SECONDS) && compiler.exitValue() == 0
                    ? Optional.of(Map.of("LD_PRELOAD", library.toString()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
