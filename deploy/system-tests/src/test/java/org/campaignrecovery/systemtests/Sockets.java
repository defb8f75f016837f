package org.campaignrecovery.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The open TCP connections of a process, as Linux tells them. */
final class Sockets {
    private static final String ESTABLISHED = "01";
    private static final String SOCKET = "socket:[";
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEX = 16;

    private Sockets() {
    }

    /** How many connections of the process to this port are established. */
    static int established(long pid, int port) {
        Set<String> own = sockets(pid);
        return (int) Stream.of("tcp", "tcp6").flatMap(table -> lines(Path.of("/proc", String.valueOf(pid), "net", table)))
                .map(line -> line.trim().split("\\s+"))
                .filter(socket -> socket.length > INODE && socket[STATE].equals(ESTABLISHED) && own.contains(socket[INODE])
                        && remotePort(socket) == port)
                .count();
    }

    private static int remotePort(String[] socket) {
        return Integer.parseInt(socket[REMOTE].substring(socket[REMOTE].indexOf(':') + 1), HEX);
    }

    private static Stream<String> lines(Path table) {
        try {
            List<String> lines = Files.readAllLines(table);
            return lines.stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sockets(long pid) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            open.forEach(file -> {
                try {
                    String target = Files.readSymbolicLink(file).toString();
                    if (target.startsWith(SOCKET)) {
                        inodes.add(target.substring(SOCKET.length(), target.length() - 1));
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }
}
