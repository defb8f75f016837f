package org.campaignrecovery.local.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that was started here or by an earlier launcher; found by its pid file. */
public final class ManagedProcess {
    private final String name;
    private final ProcessHandle handle;
    private final LogTail log;
    private final Path pidFile;

    ManagedProcess(String name, ProcessHandle handle, LogTail log, Path pidFile) {
        this.name = name;
        this.handle = handle;
        this.log = log;
        this.pidFile = pidFile;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return handle.pid();
    }

    /** What it wrote since it was started by this JVM, or all that its log file holds. */
    public LogTail log() {
        return log;
    }

    /** False also for a process that ended and that nobody has reaped. */
    public boolean isAlive() {
        return handle.isAlive() && !isZombie();
    }

    /** SIGKILL, and waits until it is gone: nothing of it runs any more when this returns. The pid file is removed. */
    public void kill() {
        handle.destroyForcibly();
        if (!awaitExit(Duration.ofSeconds(10))) {
            throw new IllegalStateException(name + " (pid " + pid() + ") outlived a SIGKILL");
        }
    }

    /** SIGTERM; does not wait. */
    public void terminate() {
        handle.destroy();
    }

    /** SIGTERM, and SIGKILL when it still runs after {@code grace}. @return whether the grace was enough */
    public boolean stop(Duration grace) {
        thaw();
        terminate();
        if (awaitExit(grace)) {
            return true;
        }
        kill();
        return false;
    }

    /** SIGSTOP: it keeps its memory and connections, and does nothing until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT; harmless for a process that runs. */
    public void thaw() {
        signal("CONT");
    }

    /** Whether it was gone within {@code limit}; then its pid file is removed. */
    public boolean awaitExit(Duration limit) {
        boolean gone = Poll.until(limit, () -> !isAlive());
        if (gone) {
            PidFile.remove(pidFile, pid());
        }
        return gone;
    }

    private void signal(String signal) {
        if (!isAlive()) {
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).redirectErrorStream(true).start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0 && isAlive()) {
                throw new IllegalStateException("SIG" + signal + " could not be sent to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while signalling " + name, e);
        }
    }

    /**
     * In a container whose first process reaps nobody, the dead stay in the process table. A dying process looks dead already while some
     * of its threads still run and hold its sockets, so they are counted.
     */
    private boolean isZombie() {
        Path process = Path.of("/proc/" + pid());
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            String stat = Files.readString(process.resolve("stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return (state == 'Z' || state == 'X') && threads.count() <= 1;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
