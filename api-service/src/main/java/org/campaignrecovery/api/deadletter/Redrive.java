package org.campaignrecovery.api.deadletter;

import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.campaignrecovery.api.deadletter.DeadLetterLog.Portion;
import org.campaignrecovery.api.deadletter.Judgement.Verdict;
import org.campaignrecovery.api.problem.ProblemType;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Publishes dead letters again. What was looked at is passed only when Kafka has acknowledged what was published of it; dying before, the
 * same ones are published another time, which does no harm: an event says "look at", never "send".
 */
@Startup
@ApplicationScoped
class Redrive {
    private static final Logger LOG = Logger.getLogger(Redrive.class);
    private static final int NAMED = 100;

    private final DeadLetterLog log;
    private final Judgement judgement;
    private final MeterRegistry registry;

    Redrive(DeadLetterLog log, Judgement judgement, MeterRegistry registry) {
        this.log = log;
        this.judgement = judgement;
        this.registry = registry;
        for (DeadLetterTopic topic : DeadLetterTopic.values()) {
            published(topic);
            refused(topic);
        }
    }

    /** @param again also those that a re-drive has passed before */
    Uni<RedriveReport> redrive(DeadLetterTopic topic, int atMost, boolean again, String who) {
        return waiting(() -> log.unhandled(topic, atMost, again))
                .chain(portion -> judgement.of(topic, portion.records()).chain(verdict -> waiting(() -> carryOut(topic, portion, verdict))))
                .invoke(report -> LOG.infof("redrove topic=%s read=%d published=%d refused=%d left=%d by=%s", report.topic(), report.read(),
                        report.published(), report.refused(), report.left(), who));
    }

    /** Some that lie behind a place. */
    Uni<List<DeadLetter>> behind(DeadLetterTopic topic, int partition, long offset, int atMost) {
        return waiting(() -> log.behind(topic, partition, offset, atMost)).map(portion -> portion.records().stream()
                .map(record -> DeadLetter.of(record,
                        portion.handled().get(new TopicPartition(record.topic(), record.partition()))))
                .toList());
    }

    private RedriveReport carryOut(DeadLetterTopic topic, Portion portion, Verdict verdict) {
        log.publish(topic, verdict.understood());
        if (!portion.next().isEmpty()) {
            log.commit(portion.next());
        }
        published(topic).increment(verdict.understood().size());
        refused(topic).increment(verdict.refused().size());
        return new RedriveReport(topic.topic(), portion.records().size(), verdict.understood().size(), verdict.refused().size(),
                verdict.refused().stream().limit(NAMED).toList(), portion.left());
    }

    private static <T> Uni<T> waiting(Supplier<T> call) {
        return Uni.createFrom().item(call).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).onFailure(KafkaException.class)
                .transform(failure -> {
                    LOG.warnf("dead letters: %s", failure.getMessage());
                    return ProblemType.UNAVAILABLE.problem("Kafka (KAFKA_BOOTSTRAP_SERVERS) does not answer; nothing was passed over, try "
                            + "again");
                });
    }

    private Counter published(DeadLetterTopic topic) {
        return Counter.builder("campaign.dead.letters.redriven").description("Dead letters that were published again")
                .tag("topic", topic.topic()).register(registry);
    }

    private Counter refused(DeadLetterTopic topic) {
        return Counter.builder("campaign.dead.letters.refused").description("Dead letters that a re-drive found to be poison still")
                .tag("topic", topic.topic()).register(registry);
    }
}
