package org.campaignrecovery.local.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The directory that holds everything a stack and its processes leave behind; two directories are two independent worlds.
 *
 * @param root absolute
 */
public record LocalDirectory(Path root) {

    public LocalDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** {@code LOCAL_DIR}, by default {@code .local} in the working directory. */
    public static LocalDirectory of(Map<String, String> environment) {
        return new LocalDirectory(Path.of(environment.getOrDefault("LOCAL_DIR", ".local")));
    }

    /** Creates what does not exist yet of the directory and its parts. */
    public void create() {
        try {
            for (String part : List.of("data", "run", "log")) {
                Files.createDirectories(root.resolve(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + root + " cannot be created", e);
        }
    }

    /** What must survive a stop: the servers' files, secrets. */
    public Path data(String name) {
        return root.resolve("data").resolve(name);
    }

    /** What describes the processes that run now. */
    public Path run(String name) {
        return root.resolve("run").resolve(name);
    }

    public Path pidFile(String process) {
        return run(process + ".pid");
    }

    public Path log(String process) {
        return root.resolve("log").resolve(process + ".log");
    }

    /** The addresses of all parts, as {@link EnvFile}; it exists when the stack is up. */
    public Path stackEnv() {
        return run("stack.env");
    }

    /** The faults that the stand-ins show now; its writer is {@code FaultFile}. */
    public Path faults() {
        return run("faults.json");
    }

    /** What has struck of them. */
    public Path faultRecord() {
        return data("faults.ndjson");
    }
}
