package org.campaignrecovery.local.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file that holds one process id. */
final class PidFile {
    private PidFile() {
    }

    static void write(Path file, long pid) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, pid + "\n");
    }

    /** Empty when there is no file or nothing in it that could be a process. */
    static OptionalLong read(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).trim()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Removes the file unless it names another process by now. */
    static void remove(Path file, long pid) {
        if (read(file).orElse(pid) == pid) {
            remove(file);
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
