package org.campaignrecovery.local.cluster;

import java.time.Duration;
import java.util.List;

import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.ProcessTable;

/** Ends processes in the order that lets them finish: services first, all at once; what they need last. */
final class Shutdown {
    private static final Duration STACK_GRACE = Duration.ofSeconds(15);

    private Shutdown() {
    }

    /** @return what ran, the stack last */
    static List<ManagedProcess> stopAll(ProcessTable table, Duration grace) {
        List<ManagedProcess> services = table.all().stream().filter(process -> !process.name().equals(LocalCluster.STACK)).toList();
        services.forEach(ManagedProcess::thaw);
        services.forEach(ManagedProcess::terminate);
        long deadline = System.nanoTime() + grace.toNanos();
        for (ManagedProcess service : services) {
            if (!service.awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                service.kill();
            }
        }
        List<ManagedProcess> stopped = new java.util.ArrayList<>(services);
        table.find(LocalCluster.STACK).ifPresent(stack -> {
            stack.stop(STACK_GRACE);
            stopped.add(stack);
        });
        return stopped;
    }
}
