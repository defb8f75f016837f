package org.campaignrecovery.api.doctor;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.Probe;

import io.smallrye.mutiny.Uni;

/** Whether the workers reach the SMS provider. */
@ApplicationScoped
class SmsCheck implements DoctorCheck {
    static final ProbedChannel CHANNEL = new ProbedChannel(Probe.SMS, "the SMS provider",
            "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN of the workers, and that they may reach the provider over the network.");

    private final Processes processes;

    SmsCheck(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Subject subject() {
        return Subject.SMS;
    }

    @Override
    public Uni<Finding> look() {
        return processes.seen().map(CHANNEL::judge);
    }
}
