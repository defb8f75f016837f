package org.campaignrecovery.api.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import org.campaignrecovery.ledger.presence.PresenceDocument;

/** The processes of the last hour, those that live and those that have fallen silent. */
record SeenProcesses(List<PresenceDocument> all, Instant now, Duration staleAfter) {

    List<PresenceDocument> alive(Predicate<PresenceDocument> which) {
        return all.stream().filter(which).filter(process -> process.alive(now, staleAfter)).toList();
    }

    /** They neither said farewell nor gave a sign of life lately: killed, frozen, or cut off. */
    List<PresenceDocument> silent(Predicate<PresenceDocument> which) {
        return all.stream().filter(which).filter(process -> !process.alive(now, staleAfter)).toList();
    }

    static String name(PresenceDocument process) {
        return "%s %s on %s".formatted(process.service(), process.id(), process.host());
    }
}
