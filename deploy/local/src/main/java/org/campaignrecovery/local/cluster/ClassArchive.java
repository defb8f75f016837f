package org.campaignrecovery.local.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.processes.Poll;

/**
 * The classes that a service loads while it starts, as the JVM keeps them (dynamic class data sharing, JEP 350): a start takes a third less
 * processor time. Lies beside the program and is made again when that is newer. Whatever goes wrong, services start without it, and it is not
 * tried again for the same program.
 */
final class ClassArchive {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    private static final String STARTED = "started in";
    /** Nobody listens there: the service must come up without its servers, and must not meet those of somebody else. */
    private static final Map<String, String> ALONE = Map.of("PORT", "0", "MONGO_URI", "mongodb://127.0.0.1:1", "CAMPAIGN_MONGO_URI",
            "mongodb://127.0.0.1:1", "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", "ENABLE_SCHEDULERS", "true");

    private final Path jar;
    private final Path archive;

    ClassArchive(Path jar) {
        this.jar = jar;
        this.archive = jar.resolveSibling("classes-" + Runtime.version().feature() + ".jsa");
    }

    /** JVM options that use it; none where there is none. */
    List<String> options() {
        return isNewer(archive) ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off") : List.of();
    }

    /** Makes it unless it is there; when two make it at once, one waits for the other. Takes seconds. */
    void make() {
        synchronized (ClassArchive.class) {
            try (FileChannel channel = FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock one = channel.lock()) {
                if (one.isValid() && !isNewer(archive) && !isNewer(beside(".log"))) {
                    startOnce();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void startOnce() throws IOException {
        Path made = beside(".making");
        Path log = beside(".log");
        Files.deleteIfExists(made);
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ArchiveClassesAtExit=" + made, "-XX:+UseSerialGC", "-jar",
                jar.toString()).redirectErrorStream(true).redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(ALONE);
        Process service = builder.start();
        Poll.until(LONGEST_START, () -> !service.isAlive() || contains(log, STARTED));
        service.destroy();
        try {
            if (!service.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                service.destroyForcibly();
            }
        } catch (InterruptedException e) {
            service.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (Files.exists(made) && contains(log, STARTED)) {
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean isNewer(Path file) {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean contains(Path log, String text) {
        try {
            return Files.readString(log).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private Path beside(String suffix) {
        return archive.resolveSibling(archive.getFileName() + suffix);
    }
}
