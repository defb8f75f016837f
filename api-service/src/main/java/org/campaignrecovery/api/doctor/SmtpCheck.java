package org.campaignrecovery.api.doctor;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.Probe;

import io.smallrye.mutiny.Uni;

/** Whether the workers reach the mail server. */
@ApplicationScoped
class SmtpCheck implements DoctorCheck {
    static final ProbedChannel CHANNEL = new ProbedChannel(Probe.SMTP, "the mail server",
            "Check SMTP_HOST, SMTP_PORT, SMTP_TLS, SMTP_USERNAME and SMTP_PASSWORD of the workers, and that the mail server runs.");

    private final Processes processes;

    SmtpCheck(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Subject subject() {
        return Subject.SMTP;
    }

    @Override
    public Uni<Finding> look() {
        return processes.seen().map(CHANNEL::judge);
    }
}
