package org.campaignrecovery.local.cluster;

import java.net.URI;
import java.time.Duration;

import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.Readiness;

/**
 * A started api or worker.
 *
 * @param base address, without a path
 */
public record Service(ManagedProcess process, URI base, Duration startLimit) {

    /** @throws Readiness.NotReady with the log's tail when it is not ready in time or ends */
    public Service awaitReady() {
        Readiness.awaitHealthy(process, base, startLimit);
        return this;
    }

    public String name() {
        return process.name();
    }
}
