package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.Poll;

/** A worker, and the name by which the ledger knows it. */
record Worker(Service service) {
    private static final Pattern BOOT = Pattern.compile("this process is boot=(\\S+)");

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

    /** The bootId in its claims; empty until it has logged it. */
    Optional<String> bootId() {
        Matcher boot = BOOT.matcher(log());
        return boot.find() ? Optional.of(boot.group(1)) : Optional.empty();
    }

    /** Returns when messages of it are in the air. @return its bootId */
    String awaitSending(Ledger ledger, String run) {
        assertThat(Poll.until(Duration.ofSeconds(60), Duration.ofMillis(50),
                () -> bootId().filter(boot -> !ledger.sendingOf(run, boot).isEmpty()).isPresent())).as("%s sends", name()).isTrue();
        return bootId().orElseThrow();
    }

    /** Whether it plans or has planned the run. */
    boolean plans(String run) {
        return Pattern.compile("planning campaign=.* run=" + Pattern.quote(run) + " epoch=").matcher(log()).find();
    }
}
