package org.campaignrecovery.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.ports.Ports;

/**
 * Which port a service listens on. Apis on 3000, 3100, …, workers on 3001, 3002, …, moved by API_PORT_BASE and WORKER_PORT_BASE; or free
 * ones. A process keeps its port over restarts ({@code run/<name>.port}).
 */
final class ServicePorts {
    private final LocalDirectory directory;
    private final ClusterSettings settings;

    ServicePorts(LocalDirectory directory, ClusterSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** The port of a process that runs or ran, otherwise the one that it would get. */
    synchronized int of(ServiceKind kind, int number) {
        Path file = file(kind, number);
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).trim()) : settle(kind, number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port to start on. Usual ports follow the settings of now, free ones stay what they were. */
    synchronized int settle(ServiceKind kind, int number) {
        Path file = file(kind, number);
        try {
            if (settings.freePorts() && Files.exists(file)) {
                return Integer.parseInt(Files.readString(file).trim());
            }
            int port = settings.freePorts() ? Ports.free() : usual(kind, number);
            Files.createDirectories(file.getParent());
            Files.writeString(file, port + "\n");
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(ServiceKind kind, int number) {
        return directory.run(kind.processName(number) + ".port");
    }

    private int usual(ServiceKind kind, int number) {
        String base = settings.environment().getOrDefault(kind.portVariable(), String.valueOf(kind.firstPort()));
        return Integer.parseInt(base) + (number - 1) * kind.portStep();
    }
}
