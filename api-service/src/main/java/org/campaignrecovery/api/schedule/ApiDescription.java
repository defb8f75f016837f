package org.campaignrecovery.api.schedule;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.SelfDescription;

/** This process is an api. */
@ApplicationScoped
class ApiDescription implements SelfDescription {
    private final ScheduleConfig schedule;
    private final SweepConfig sweeps;

    ApiDescription(ScheduleConfig schedule, SweepConfig sweeps) {
        this.schedule = schedule;
        this.sweeps = sweeps;
    }

    @Override
    public String service() {
        return PresenceDocument.API;
    }

    @Override
    public boolean schedulers() {
        return schedule.enabled();
    }

    @Override
    public boolean sweeps() {
        return schedule.enabled() && sweeps.enabled();
    }
}
