package org.campaignrecovery.api.doctor;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Whether somebody has stopped all sending. */
@ApplicationScoped
class SendingSwitchCheck implements DoctorCheck {
    private final SendingSwitchRepository switches;

    SendingSwitchCheck(SendingSwitchRepository switches) {
        this.switches = switches;
    }

    @Override
    public Subject subject() {
        return Subject.SENDING_SWITCH;
    }

    @Override
    public Uni<Finding> look() {
        return switches.stopped().map(stop -> stop.map(SendingSwitchCheck::stopped).orElseGet(() -> Finding.ok("sending is on")));
    }

    private static Finding stopped(SendingSwitchRepository.Stop stop) {
        return Finding.warning("all sending was stopped by %s%s: %s".formatted(stop.who() == null ? "somebody" : stop.who(),
                stop.at() == null ? "" : " at " + stop.at(), stop.why() == null ? "no reason is given" : stop.why()),
                "When the reason is gone, switch it on again: set stopped to false in the document _id \"sending\" of the collection ledger.");
    }
}
