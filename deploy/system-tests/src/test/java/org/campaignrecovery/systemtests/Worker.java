package org.campaignrecovery.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.processes.ManagedProcess;

/** A worker, and the name by which the ledger knows it. Its log must show what it leases ({@link #SAY_LEASES}). */
record Worker(Service service, Ledger ledger) {
    static final String SAY_LEASES = "quarkus.log.category.\"org.campaignrecovery.worker.batch\".level=DEBUG";

    private static final Pattern FIRST_LEASE = Pattern.compile("leased batch=(\\S+) run=\\S+ epoch=1\\b");

    ManagedProcess process() {
        return service.process();
    }

    String name() {
        return service.name();
    }

    /** All that it has logged. */
    String log() {
        try {
            return process().log().text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bootId in its claims: that of the first lease of a batch which its log speaks of. Empty as long as it has claimed nothing. */
    Optional<String> bootId() {
        Matcher leases = FIRST_LEASE.matcher(log());
        return leases.results().map(lease -> ledger.firstClaimant(lease.group(1))).flatMap(Optional::stream).findFirst();
    }

    /** Whether it plans or has planned the run. */
    boolean plans(String run) {
        return Pattern.compile("planning campaign=.* run=" + Pattern.quote(run) + " epoch=").matcher(log()).find();
    }
}
