package org.campaignrecovery.ledger.presence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.campaignrecovery.ledger.loop.Loops;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Looks now and then what this process can reach, all parts at once, and keeps the latest of each. */
@ApplicationScoped
class Probes {
    private final List<Probe> probes;
    private final PresenceConfig config;
    private final Loops loops;
    private final Map<String, Reach> latest = new ConcurrentHashMap<>();

    Probes(@Any Instance<Probe> probes, PresenceConfig config, Loops loops) {
        this.loops = loops;
        this.probes = probes.stream().toList();
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        loops.every(config.probeEvery(), this::lookAtAll, "probes stopped: what is said to be reachable is old");
    }

    /** By part; one that has not answered yet is missing. */
    Map<String, Reach> latest() {
        return new TreeMap<>(latest);
    }

    private Uni<Void> lookAtAll() {
        return Multi.createFrom().iterable(probes).onItem().transformToUni(this::look).merge(Math.max(1, probes.size())).collect().asList()
                .replaceWithVoid();
    }

    private Uni<Reach> look(Probe probe) {
        return Uni.createFrom().deferred(probe::look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).ifNoItem()
                .after(config.probeTimeout())
                .recoverWithItem(() -> Reach.failed("no answer within %d s".formatted(config.probeTimeout().toSeconds()))).onFailure()
                .recoverWithItem(failure -> Reach.failed("could not be looked at: " + failure))
                .invoke(reach -> latest.put(probe.part(), reach));
    }
}
