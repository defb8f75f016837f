package org.campaignrecovery.local.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.campaignrecovery.local.directory.LocalDirectory;

/**
 * The processes of one local directory, one pid file each. They are detached: they outlive the launcher and do not get the Ctrl-C of its
 * terminal.
 */
public final class ProcessTable {
    private static final String MARK = "-Dlocal.process=";

    private final LocalDirectory directory;

    public ProcessTable(LocalDirectory directory) {
        this.directory = directory;
    }

    /** @throws IllegalStateException when a process of that name runs */
    public ManagedProcess launch(LaunchOrder order) {
        find(order.name()).ifPresent(running -> {
            throw new IllegalStateException(order.name() + " runs already (pid " + running.pid() + ")");
        });
        directory.create();
        Path logFile = directory.log(order.name());
        LogTail log = LogTail.fromNowOn(logFile);
        ProcessBuilder builder = new ProcessBuilder(command(order)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(order.environment());
        try {
            Process process = builder.start();
            Path pidFile = directory.pidFile(order.name());
            PidFile.write(pidFile, process.pid());
            return new ManagedProcess(order.name(), process.toHandle(), log, pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(order.name() + " could not be started", e);
        }
    }

    /** The living process of that name; a stale pid file is removed. */
    public Optional<ManagedProcess> find(String name) {
        Path pidFile = directory.pidFile(name);
        OptionalLong pid = PidFile.read(pidFile);
        Optional<ManagedProcess> found = pid.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(pid.getAsLong()).filter(handle -> isOurs(handle, name))
                        .map(handle -> new ManagedProcess(name, handle, LogTail.whole(directory.log(name)), pidFile))
                        .filter(ManagedProcess::isAlive);
        if (found.isEmpty()) {
            PidFile.remove(pidFile);
        }
        return found;
    }

    /** All that live, by name; stale pid files are removed. */
    public List<ManagedProcess> all() {
        Path run = directory.run("");
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".pid")).sorted()
                    .map(file -> find(file.substring(0, file.length() - ".pid".length()))).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(LaunchOrder order) {
        List<String> command = new ArrayList<>();
        command.add(detacher());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(mark(order.name()));
        command.addAll(order.jvmOptions());
        command.addAll(order.program());
        return command;
    }

    /** Both become the program itself, so the process id stays the one that was started. */
    private static String detacher() {
        boolean setsid = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));
        return setsid ? "setsid" : "nohup";
    }

    /** Process ids are reused: a pid file of last week must not kill a stranger. */
    private boolean isOurs(ProcessHandle handle, String name) {
        return handle.info().arguments().map(arguments -> Arrays.asList(arguments).contains(mark(name))).orElse(true);
    }

    private String mark(String name) {
        return MARK + directory.root() + "#" + name;
    }
}
