package org.campaignrecovery.ledger.doorbell;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;

/**
 * Looks every few seconds whether Kafka is there, and says once when it goes and once when it comes; readiness is red meanwhile. The
 * ledger's sweeps carry the work on without it.
 */
@Readiness
@ApplicationScoped
public class KafkaWatch implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);

    private enum Sight {
        UNKNOWN,
        THERE,
        AWAY
    }

    private final Properties settings;
    private final AtomicReference<Sight> sight = new AtomicReference<>(Sight.UNKNOWN);
    private Admin admin;

    KafkaWatch(KafkaSettings settings) {
        this.settings = settings.of("kafka-watch");
    }

    @Scheduled(every = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void look() {
        try {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(KafkaSettings.PATIENCE_MS)).nodes().get();
            see(Sight.THERE, "Kafka is there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("Kafka was asked in vain", e);
            see(Sight.AWAY, "Kafka (KAFKA_BOOTSTRAP_SERVERS) does not answer: nothing rings until it does, the ledger's sweeps carry the "
                    + "work on; trying again");
        }
    }

    private void see(Sight now, String sentence) {
        Sight before = sight.getAndSet(now);
        if (before == now) {
            return;
        }
        if (now == Sight.AWAY) {
            LOG.warn(sentence);
        } else {
            LOG.info(sentence);
        }
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Whether Kafka answered when it was last asked. */
    public boolean there() {
        return sight.get() == Sight.THERE;
    }

    /** Whether it did not. Neither this nor {@link #there} before it was asked. */
    public boolean away() {
        return sight.get() == Sight.AWAY;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka").status(there()).build();
    }
}
