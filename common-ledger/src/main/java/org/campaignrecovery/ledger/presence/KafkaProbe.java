package org.campaignrecovery.ledger.presence;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.doorbell.KafkaWatch;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.mutiny.Uni;

/** Kafka, as the watch has seen it last. */
@ApplicationScoped
class KafkaProbe implements Probe {
    private final KafkaWatch watch;

    KafkaProbe(@Readiness KafkaWatch watch) {
        this.watch = watch;
    }

    @Override
    public String part() {
        return KAFKA;
    }

    @Override
    public Uni<Reach> look() {
        return Uni.createFrom().item(() -> watch.there() ? Reach.ok() : Reach.failed("Kafka (KAFKA_BOOTSTRAP_SERVERS) does not answer"));
    }
}
