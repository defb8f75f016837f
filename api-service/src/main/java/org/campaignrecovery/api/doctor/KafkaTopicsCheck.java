package org.campaignrecovery.api.doctor;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Whether Kafka answers and has the topics as they are meant to be. */
@ApplicationScoped
class KafkaTopicsCheck implements DoctorCheck {
    private final KafkaInspection kafka;

    KafkaTopicsCheck(KafkaInspection kafka) {
        this.kafka = kafka;
    }

    @Override
    public Subject subject() {
        return Subject.KAFKA_TOPICS;
    }

    @Override
    public Uni<Finding> look() {
        return kafka.partitions(DesignedTopic.ALL.stream().map(DesignedTopic::name).toList()).map(KafkaTopicsCheck::judge);
    }

    private static Finding judge(Map<String, Integer> partitions) {
        List<Finding> findings = DesignedTopic.ALL.stream().filter(topic -> partitions.getOrDefault(topic.name(), 0) < topic.partitions())
                .map(topic -> judge(topic, partitions.getOrDefault(topic.name(), 0))).toList();
        return findings.isEmpty()
                ? Finding.ok("%d topics with the partitions they are meant to have".formatted(DesignedTopic.ALL.size()))
                : Finding.of(findings);
    }

    private static Finding judge(DesignedTopic topic, int partitions) {
        return partitions == 0
                ? Finding.failure("the topic %s does not exist".formatted(topic.name()),
                        "Create it: kafka-topics.sh --create --topic %s --partitions %d%s.".formatted(topic.name(), topic.partitions(),
                                topic.equals(DesignedTopic.LEDGER) ? " --config cleanup.policy=compact" : ""))
                : Finding.warning("the topic %s has %d partition(s) instead of %d".formatted(topic.name(), partitions, topic.partitions()),
                        "Add partitions, each is heard by one worker only: kafka-topics.sh --alter --topic %s --partitions %d."
                                .formatted(topic.name(), topic.partitions()));
    }
}
