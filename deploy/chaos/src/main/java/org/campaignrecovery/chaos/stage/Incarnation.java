package org.campaignrecovery.chaos.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.processes.ManagedProcess;

/** One life of an api or a worker, from its start to its death. */
public final class Incarnation {
    private static final Pattern BOOT = Pattern.compile("this process is boot=(\\S+)");

    /** How a life ended. */
    public enum End {
        KILLED,
        CRASHED,
        STOPPED
    }

    private final ServiceKind kind;
    private final int number;
    private final Service service;
    private volatile boolean ready;
    private volatile boolean frozen;
    private volatile boolean deposed;
    private volatile End end;
    private String bootId;

    Incarnation(ServiceKind kind, int number, Service service) {
        this.kind = kind;
        this.number = number;
        this.service = service;
    }

    public ServiceKind kind() {
        return kind;
    }

    int number() {
        return number;
    }

    public String name() {
        return service.name();
    }

    public Service service() {
        return service;
    }

    ManagedProcess process() {
        return service.process();
    }

    /**
     * The name by which the ledger knows it; empty before it has said it, and for ever if it ended before that: whoever comes next writes into
     * the same log.
     */
    public synchronized Optional<String> bootId() {
        if (bootId == null && end == null) {
            try {
                Matcher said = BOOT.matcher(process().log().text());
                bootId = said.find() ? said.group(1) : null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.ofNullable(bootId);
    }

    void becomeReady() {
        ready = true;
    }

    /** Whether it lives, has been ready, and is not frozen: somebody who can take over. */
    public boolean healthy() {
        return ready && !frozen && end == null;
    }

    boolean ready() {
        return ready;
    }

    public boolean frozen() {
        return frozen;
    }

    void freeze() {
        frozen = true;
        process().freeze();
    }

    void thaw() {
        process().thaw();
        frozen = false;
    }

    /** It was away for longer than its leases last. */
    void depose() {
        deposed = true;
    }

    public boolean over() {
        return end != null;
    }

    synchronized void end(End how) {
        bootId();
        end = how;
    }

    /** Whether it may have left something in doubt: it was killed, died at a crash point or was frozen past its leases. */
    public boolean killedOrDeposed() {
        return end == End.KILLED || end == End.CRASHED || deposed;
    }
}
