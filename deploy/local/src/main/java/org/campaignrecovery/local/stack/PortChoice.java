package org.campaignrecovery.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.ports.Ports;

/**
 * Settles the ports before anything starts. A free port is remembered in the data directory and taken again by the next start, so that
 * services find a stack that was killed and restarted.
 */
final class PortChoice {
    private final StackSettings settings;
    private final Path memory;
    private final Map<String, String> remembered;

    PortChoice(StackSettings settings) {
        this.settings = settings;
        this.memory = settings.directory().data("ports.env");
        try {
            this.remembered = EnvFile.read(memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws StackException naming the variable to set when the port is taken */
    int choose(Part part) {
        int wanted = settings.port(part);
        if (wanted == 0) {
            return free(part);
        }
        if (Ports.taken(wanted)) {
            throw new StackException("Port " + wanted + " for " + part.title() + " is taken: stop what listens there, or set "
                    + part.portVariable() + " to another port (0 takes a free one).");
        }
        return wanted;
    }

    private int free(Part part) {
        String last = remembered.get(part.portVariable());
        if (last != null && !Ports.taken(Integer.parseInt(last))) {
            return Integer.parseInt(last);
        }
        int port = Ports.free();
        remembered.put(part.portVariable(), String.valueOf(port));
        try {
            EnvFile.write(memory, remembered);
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory cannot be written: " + memory, e);
        }
        return port;
    }
}
