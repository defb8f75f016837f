package org.campaignrecovery.api.doctor;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Events that nobody could read. */
@ApplicationScoped
class DeadLettersCheck implements DoctorCheck {
    private final KafkaInspection kafka;

    DeadLettersCheck(KafkaInspection kafka) {
        this.kafka = kafka;
    }

    @Override
    public Subject subject() {
        return Subject.DEAD_LETTERS;
    }

    @Override
    public Uni<Finding> look() {
        return kafka.partitions(DesignedTopic.DEAD_LETTERS.stream().map(DesignedTopic::name).toList()).chain(this::count)
                .map(Finding::of);
    }

    private Uni<List<Finding>> count(Map<String, Integer> partitions) {
        return Uni.join().all(DesignedTopic.DEAD_LETTERS.stream().map(topic -> count(topic, partitions.getOrDefault(topic.name(), 0)))
                .toList()).andFailFast();
    }

    private Uni<Finding> count(DesignedTopic topic, int partitions) {
        return partitions == 0
                ? Uni.createFrom().item(Finding.ok("%s does not exist".formatted(topic.name())))
                : kafka.records(topic.name(), partitions).map(records -> judge(topic, records));
    }

    private static Finding judge(DesignedTopic topic, long records) {
        return records == 0
                ? Finding.ok(topic.name() + " is empty")
                : Finding.warning("%d dead letter(s) in %s".formatted(records, topic.name()),
                        "List them with GET /api/dead-letters?topic=%s, reason says why; no campaign waits for them. POST ".formatted(
                                topic.name()) + "/api/dead-letters/redrive publishes again what a worker understands by now.");
    }
}
